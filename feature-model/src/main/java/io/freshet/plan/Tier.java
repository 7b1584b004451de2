package io.freshet.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How often a view is materialized, which also says by which engine. */
public enum Tier {
  /** Continuously, by the streaming engine. */
  STREAMING(Engine.STREAMING, Duration.ZERO),
  /** At every full hour (UTC), by the batch engine. */
  HOURLY(Engine.BATCH, Duration.ofHours(1)),
  /** At every midnight (UTC), by the batch engine. */
  DAILY(Engine.BATCH, Duration.ofDays(1));

  private final Engine engine;
  private final Duration period;

  Tier(Engine engine, Duration period) {
    this.engine = engine;
    this.period = period;
  }

  public Engine engine() {
    return engine;
  }

  /** The time between two ticks; zero for a tier without ticks. */
  public Duration period() {
    return period;
  }

  /** The name in definitions and answers: {@code hourly}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Tier> ofWireName(String name) {
    for (Tier tier : values()) {
      if (tier.wireName().equals(name)) {
        return Optional.of(tier);
      }
    }
    return Optional.empty();
  }
}
