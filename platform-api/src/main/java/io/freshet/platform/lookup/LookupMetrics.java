package io.freshet.platform.lookup;

import static java.util.Objects.requireNonNull;

import io.freshet.platform.web.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts lookups and what they found. */
@Component
class LookupMetrics {
  private final MeterRegistry meters;
  private final Map<Outcome, Timer> lookups = new EnumMap<>(Outcome.class);
  private final Map<FeatureStatus, Counter> features = new EnumMap<>(FeatureStatus.class);

  LookupMetrics(MeterRegistry meters) {
    this.meters = meters;
    for (Outcome outcome : Outcome.values()) {
      lookups.put(
          outcome,
          Timer.builder("freshet.lookup")
              .description("Lookups, from the request's arrival to its answer")
              .tag("outcome", outcome.label())
              .publishPercentileHistogram()
              .register(meters));
    }
    for (FeatureStatus status : FeatureStatus.values()) {
      features.put(
          status,
          Counter.builder("freshet.lookup.features")
              .description("Feature values that lookups answered with")
              .tag("status", status.name())
              .register(meters));
    }
  }

  Timer.Sample start() {
    return Timer.start(meters);
  }

  void ended(Timer.Sample sample, Outcome outcome) {
    sample.stop(requireNonNull(lookups.get(outcome)));
  }

  void answered(LookupAnswer answer) {
    features.forEach((status, counter) -> counter.increment(count(answer, status)));
  }

  /**
   * @param countByView how often a feature of each on-demand view of the project failed
   */
  void failed(String project, Map<String, Integer> countByView) {
    countByView.forEach(
        (view, count) ->
            Counter.builder("freshet.on.demand.failures")
                .description("On-demand feature values that are null because the expression failed")
                .tag("project", project)
                .tag("view", view)
                .register(meters)
                .increment(count));
  }

  private static int count(LookupAnswer answer, FeatureStatus wanted) {
    int count = 0;
    for (LookupAnswer.Row row : answer.results()) {
      for (FeatureStatus status : row.statuses()) {
        if (status == wanted) {
          count++;
        }
      }
    }
    return count;
  }
}
