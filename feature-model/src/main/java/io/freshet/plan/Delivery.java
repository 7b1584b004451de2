package io.freshet.plan;

import java.util.Locale;
import java.util.Optional;

/** How often an event counts in a streaming view when a failure is recovered from. */
public enum Delivery {
  EXACTLY_ONCE,
  AT_LEAST_ONCE;

  /** The name in definitions and answers: {@code exactly_once}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Delivery> ofWireName(String name) {
    for (Delivery delivery : values()) {
      if (delivery.wireName().equals(name)) {
        return Optional.of(delivery);
      }
    }
    return Optional.empty();
  }
}
