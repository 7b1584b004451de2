package io.freshet.error;

import java.util.List;
import java.util.stream.Collectors;

/** An input that is refused, with every fault that was found in it. */
public final class InvalidInputException extends FreshetException {
  private final List<Violation> violations;

  /**
   * @param subject what was refused, as in "feature view origin_delays"
   * @param violations at least one
   */
  public InvalidInputException(String subject, List<Violation> violations) {
    super(ErrorCategory.USER, describe(subject, violations));
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("Cannot refuse " + subject + " without a violation");
    }
    this.violations = List.copyOf(violations);
  }

  public List<Violation> violations() {
    return violations;
  }

  private static String describe(String subject, List<Violation> violations) {
    return violations.stream()
        .map(Violation::toString)
        .collect(
            Collectors.joining(
                "; ", "Cannot accept " + subject + ": " + violations.size() + " fault(s): ", ""));
  }
}
