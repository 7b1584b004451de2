package io.freshet.platform.status;

import static java.util.Objects.requireNonNull;

import io.freshet.platform.reconcile.Condition;
import io.freshet.platform.reconcile.JobKey;
import io.freshet.platform.reconcile.StreamingJob;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The gauges about engines. A value that is not known now is not shown: no gauge tells of a past.
 * What grows with time, as staleness does, is worked out when it is read.
 */
@Component
class EngineGauges {
  private final Map<EngineMetric, MultiGauge> gauges = new EnumMap<>(EngineMetric.class);
  private final Map<EngineMetric, List<Row<?>>> rows = new EnumMap<>(EngineMetric.class);
  private final Clock clock;

  EngineGauges(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    for (EngineMetric metric : EngineMetric.values()) {
      MultiGauge.Builder builder =
          MultiGauge.builder(metric.meter()).description(metric.description());
      gauges.put(
          metric,
          (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry));
      rows.put(metric, new ArrayList<>());
    }
  }

  /** Replaces all gauges by what was seen now. */
  synchronized void show(List<StreamSample> streams, List<ViewSample> views) {
    rows.values().forEach(List::clear);
    streams.forEach(this::addStream);
    views.forEach(this::addView);
    gauges.forEach((metric, gauge) -> gauge.register(List.copyOf(rows(metric)), true));
  }

  private void addView(ViewSample sample) {
    Tags tags =
        Tags.of(
            "project", sample.view().view().project(),
            "view", sample.view().view().name(),
            "tier", sample.view().tier().wireName());
    add(EngineMetric.COMPLETE_THROUGH, tags, sample.completeThroughMillis() / 1e3);
    rows(EngineMetric.STALENESS).add(Row.of(tags, () -> sample.stalenessSeconds(clock.millis())));
    if (sample.view().view().maxStalenessMillis() > 0) {
      add(EngineMetric.MAX_STALENESS, tags, sample.view().view().maxStalenessMillis() / 1e3);
    }
  }

  private void addStream(StreamSample sample) {
    Tags tags = tags(sample.job());
    add(EngineMetric.JOB_UP, tags, sample.isUp() ? 1 : 0);
    addCondition(EngineMetric.DATA_LOSS_SUSPECTED, tags, sample, Condition.DATA_LOSS_SUSPECTED);
    addCondition(EngineMetric.STATE_LOST, tags, sample, Condition.STATE_LOST);
    addIfKnown(EngineMetric.LAG, tags, sample.metric(StreamSample.PENDING_RECORDS));
    addIfKnown(EngineMetric.DEAD_LETTERS, tags, sample.metric(StreamSample.DEAD_LETTERS));
    addIfKnown(EngineMetric.LATE_EVENTS, tags, sample.metric(StreamSample.LATE_EVENTS));
    addIfKnown(EngineMetric.DUPLICATE_EVENTS, tags, sample.metric(StreamSample.DUPLICATE_EVENTS));
    addIfKnown(
        EngineMetric.UNREADABLE_DEFINITIONS,
        tags,
        sample.metric(StreamSample.UNREADABLE_DEFINITIONS));
    addIfKnown(
        EngineMetric.UNUSABLE_HISTORIES, tags, sample.metric(StreamSample.UNUSABLE_HISTORIES));
    if (sample.restarts() != null) {
      add(EngineMetric.RESTARTS, tags, (double) sample.restarts() + sample.job().attempt() - 1);
    }
    if (sample.checkpoints() != null) {
      add(EngineMetric.CHECKPOINTS_COMPLETED, tags, (double) sample.checkpoints().completed());
      add(EngineMetric.CHECKPOINTS_FAILED, tags, (double) sample.checkpoints().failed());
    }
    sample
        .lastCheckpoint()
        .ifPresent(
            last -> {
              add(EngineMetric.CHECKPOINT_DURATION, tags, last.durationMillis() / 1e3);
              rows(EngineMetric.CHECKPOINT_AGE)
                  .add(Row.of(tags, () -> (clock.millis() - last.completedAtMillis()) / 1e3));
            });
  }

  private List<Row<?>> rows(EngineMetric metric) {
    return requireNonNull(rows.get(metric));
  }

  private void add(EngineMetric metric, Tags tags, double value) {
    rows(metric).add(Row.of(tags, value));
  }

  private void addCondition(
      EngineMetric metric, Tags tags, StreamSample sample, Condition condition) {
    add(metric, tags, sample.job().condition() == condition ? 1 : 0);
  }

  private void addIfKnown(EngineMetric metric, Tags tags, Optional<Double> value) {
    value.ifPresent(known -> add(metric, tags, known));
  }

  private static Tags tags(StreamingJob job) {
    JobKey key = job.key();
    return Tags.of(
        "project", key.project(), "source", key.source(), "delivery", key.delivery().wireName());
  }
}
