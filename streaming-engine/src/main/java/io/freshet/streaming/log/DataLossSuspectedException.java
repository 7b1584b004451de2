package io.freshet.streaming.log;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Rows that a checkpoint counts as logged are not in the log and never will be. A restart would go
 * on as if nothing had happened, so that Flink must not restart the job: it fails, and stays so
 * until an operator decides.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class DataLossSuspectedException extends FreshetException {
  public DataLossSuspectedException(String message, Throwable cause) {
    super(ErrorCategory.INTERNAL, message, cause);
  }
}
