package io.freshet.avro;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;

/** A text that cannot be the schema of events. */
public final class InvalidAvroSchemaException extends FreshetException {
  private final String reason;

  InvalidAvroSchemaException(String reason) {
    super(ErrorCategory.USER, "Cannot use the Avro schema: " + reason);
    this.reason = reason;
  }

  /** What is wrong with it, without the subject. */
  public String reason() {
    return reason;
  }
}
