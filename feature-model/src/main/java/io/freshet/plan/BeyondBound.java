package io.freshet.plan;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a count of distinct values that are more than its bound. */
public enum BeyondBound {
  /** It is null. */
  REFUSED,
  /** It is an estimate, as {@code approx_unique_count} makes it. */
  APPROXIMATE;

  /** The name in definitions: {@code refused}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<BeyondBound> ofWireName(String name) {
    for (BeyondBound choice : values()) {
      if (choice.wireName().equals(name)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
