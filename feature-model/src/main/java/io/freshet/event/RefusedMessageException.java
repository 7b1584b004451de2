package io.freshet.event;

import io.freshet.event.Rejection.Kind;
import io.freshet.value.Column;
import io.freshet.value.Column.Coercion;
import io.freshet.value.ValueType;

/** Leaves a reader's loop with the reason; never leaves this package. */
final class RefusedMessageException extends RuntimeException {
  private static final int SHOWN_CHARACTERS = 100;

  private final Rejection rejection;

  private RefusedMessageException(Kind kind, String reason) {
    super(reason, null, false, false);
    this.rejection = new Rejection(kind, reason);
  }

  Rejection rejection() {
    return rejection;
  }

  static RefusedMessageException malformed(String reason) {
    return new RefusedMessageException(Kind.MALFORMED, "Cannot read the event: " + shown(reason));
  }

  /**
   * @param value as the message has it
   */
  static RefusedMessageException wrongType(Column column, String value) {
    return new RefusedMessageException(Kind.WRONG_TYPE, wrongTypeReason(column, value));
  }

  /** The same where the value is text, which a declaration could let pass. */
  static RefusedMessageException wrongText(Column column, String text) {
    boolean couldBeCoerced =
        column.coercion() == Coercion.NONE && column.type() != ValueType.STRING;
    return new RefusedMessageException(
        Kind.WRONG_TYPE,
        wrongTypeReason(column, "\"" + shown(text) + "\"")
            + (couldBeCoerced
                ? "; declare the column with coerce: true if its values come as text"
                : ""));
  }

  private static String wrongTypeReason(Column column, String value) {
    String where = column.path().equals(column.name()) ? "" : " at " + column.path();
    return "Cannot use the event: column %s%s must be of type %s but is %s"
        .formatted(column.name(), where, column.type().wireName(), shown(value));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
