package io.freshet.error;

import java.util.ArrayList;
import java.util.List;

/** Collects the faults of one input, so that all of them are reported at once. Not thread-safe. */
public final class Violations {
  private final List<Violation> found = new ArrayList<>();

  public void add(String path, String message) {
    found.add(new Violation(path, message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Violation> found() {
    return List.copyOf(found);
  }

  /**
   * Refuses the input if it has a fault.
   *
   * @throws InvalidInputException with all faults found so far
   */
  public void throwIfAny(String subject) {
    if (!found.isEmpty()) {
      throw new InvalidInputException(subject, found);
    }
  }
}
