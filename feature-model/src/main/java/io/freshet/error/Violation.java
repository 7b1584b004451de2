package io.freshet.error;

import static java.util.Objects.requireNonNull;

/**
 * One fault of an input.
 *
 * @param path where it is, as a field path from the document's root: {@code
 *     spec.features[1].window}
 * @param message the value, the reason and the remedy
 */
public record Violation(String path, String message) {
  public Violation {
    requireNonNull(path, "path");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
