package io.freshet.platform.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts what should never happen when streaming jobs are started again. */
@Component
class RecoveryMetrics {
  private static final String FALLBACKS = "freshet.stream.checkpoint.fallbacks";

  private final MeterRegistry registry;

  RecoveryMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The job could not go on from its newest checkpoint. */
  void countFallback(JobKey key) {
    registry
        .counter(
            FALLBACKS,
            "project",
            key.project(),
            "source",
            key.source(),
            "delivery",
            key.delivery().wireName())
        .increment();
  }
}
