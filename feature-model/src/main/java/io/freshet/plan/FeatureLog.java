package io.freshet.plan;

import java.util.Locale;
import java.util.Optional;

/** Where the rows that a streaming view serves are logged, each exactly once. */
public enum FeatureLog {
  /** The view's Kafka topic, in transactions that commit with the checkpoint. */
  KAFKA,
  /** The view's Delta table, in commits that follow the checkpoint. */
  DELTA;

  /** The name in definitions: {@code kafka}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FeatureLog> ofWireName(String name) {
    for (FeatureLog log : values()) {
      if (log.wireName().equals(name)) {
        return Optional.of(log);
      }
    }
    return Optional.empty();
  }
}
