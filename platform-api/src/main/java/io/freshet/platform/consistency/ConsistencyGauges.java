package io.freshet.platform.consistency;

import io.freshet.plan.ConsistencyResult.ViewResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/** Shows what the newest check of each view has found. */
@Component
class ConsistencyGauges {
  private final MultiGauge compared;
  private final MultiGauge mismatched;
  private final MultiGauge missing;
  private final MultiGauge extra;
  private final MultiGauge skipped;
  private final MultiGauge checkedAt;

  ConsistencyGauges(MeterRegistry registry) {
    this.compared = gauge(registry, "compared", "Keys that were compared");
    this.mismatched = gauge(registry, "mismatched", "Keys whose row is another than it should be");
    this.missing = gauge(registry, "missing", "Keys that have no row and should");
    this.extra = gauge(registry, "extra", "Keys that have values and no event");
    this.skipped = gauge(registry, "skipped", "Keys that differ and say nothing");
    this.checkedAt =
        MultiGauge.builder("freshet.consistency.checked.timestamp")
            .baseUnit("seconds")
            .description("When the newest check that compared the view was done")
            .register(registry);
  }

  /** The newest check of a view. */
  record Sample(String project, Instant checkedAt, ViewResult view) {
    Tags tags() {
      return Tags.of("project", project, "view", view.view());
    }
  }

  /** Replaces all that was shown. */
  void show(List<Sample> samples) {
    List<Row<?>> mismatches = new ArrayList<>();
    for (Sample sample : samples) {
      ViewResult view = sample.view();
      mismatches.add(Row.of(sample.tags().and("cause", "wrong"), view.mismatched().wrong()));
      mismatches.add(Row.of(sample.tags().and("cause", "stale"), view.mismatched().stale()));
      mismatches.add(Row.of(sample.tags().and("cause", "late"), view.mismatched().late()));
    }
    mismatched.register(mismatches, true);
    compared.register(rows(samples, ViewResult::compared), true);
    missing.register(rows(samples, ViewResult::missing), true);
    extra.register(rows(samples, ViewResult::extra), true);
    skipped.register(
        rows(samples, view -> view.skipped().values().stream().mapToLong(Long::longValue).sum()),
        true);
    checkedAt.register(
        samples.stream()
            .<Row<?>>map(sample -> Row.of(sample.tags(), sample.checkedAt().toEpochMilli() / 1e3))
            .toList(),
        true);
  }

  private static List<Row<?>> rows(List<Sample> samples, ToLongFunction<ViewResult> count) {
    return samples.stream()
        .<Row<?>>map(sample -> Row.of(sample.tags(), count.applyAsLong(sample.view())))
        .toList();
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("freshet.consistency." + name)
        .description(description)
        .register(registry);
  }
}
