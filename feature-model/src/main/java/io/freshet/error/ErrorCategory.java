package io.freshet.error;

/** What a caller can do about an error. */
public enum ErrorCategory {
  /** The request is wrong and will be wrong again: change it. */
  USER,
  /** A server is out of reach or busy: try again later. */
  UNAVAILABLE,
  /** Whether the action took place is not known: repeat it only if it is idempotent. */
  UNKNOWN_OUTCOME,
  /** A defect of Freshet or of its installation. */
  INTERNAL
}
