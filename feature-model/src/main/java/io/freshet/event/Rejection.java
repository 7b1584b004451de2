package io.freshet.event;

/**
 * Why a record is no event of its source.
 *
 * @param reason the value, the reason and the remedy
 */
public record Rejection(Kind kind, String reason) implements Decoded {
  /** The kinds of rejection, as metrics and dead letters name them. */
  public enum Kind {
    /** Not of the source's format. */
    MALFORMED,
    /** A required column is missing or null. */
    MISSING_COLUMN,
    /** A column's value is not of its type. */
    WRONG_TYPE,
    /** Dated implausibly far after its arrival. */
    FUTURE,
    /** Behind the watermark by more than a view's allowed lateness. */
    LATE,
    /** A view's filter or input failed on it. */
    EXPRESSION_FAILED
  }
}
