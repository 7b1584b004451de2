package io.freshet.platform.web;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.error.Violation;
import java.util.List;

/** A request that is refused for another reason than the faults of a definition. */
public final class RequestRefusedException extends FreshetException {
  private final Refusal refusal;
  private final List<Violation> violations;

  public RequestRefusedException(Refusal refusal, String message) {
    this(refusal, message, List.of());
  }

  /**
   * @param violations each place of the request that the refusal is about; may be empty
   */
  public RequestRefusedException(Refusal refusal, String message, List<Violation> violations) {
    super(ErrorCategory.USER, message);
    this.refusal = refusal;
    this.violations = List.copyOf(violations);
  }

  public Refusal refusal() {
    return refusal;
  }

  public List<Violation> violations() {
    return violations;
  }
}
