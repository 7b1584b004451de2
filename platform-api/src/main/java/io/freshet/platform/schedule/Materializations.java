package io.freshet.platform.schedule;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violations;
import io.freshet.plan.Engine;
import io.freshet.plan.Tier;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs that users ask for. */
@Component
public class Materializations {
  private final BatchRunTable table;
  private final RunPlans plans;
  private final Clock clock;

  Materializations(BatchRunTable table, RunPlans plans, Clock clock) {
    this.table = table;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * Stores that a run of the tier's views is wanted; it starts within seconds, or after the runs of
   * the source that wait already.
   *
   * @param asOf null for a few seconds ago
   * @throws RequestRefusedException if there is no such source
   * @throws InvalidInputException if the tier is none of the batch engine, or has no views, or the
   *     time is to come
   */
  BatchRun request(SourceName source, @Nullable String tier, @Nullable Instant asOf) {
    SourceViews views =
        plans
            .sourceOf(source)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        Refusal.NOT_FOUND,
                        "Cannot materialize source " + source + ": it is not registered"));
    check(views, tier, asOf);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant time = asOf == null ? now.minus(RunPlans.GRACE) : asOf;
    String id = table.request(source, String.valueOf(tier), Cause.MANUAL, time.toEpochMilli(), now);
    return table.find(id).orElseThrow();
  }

  private void check(SourceViews source, @Nullable String name, @Nullable Instant asOf) {
    Violations violations = new Violations();
    Optional<Tier> tier = Optional.ofNullable(name).flatMap(Tier::ofWireName);
    if (tier.filter(known -> known.engine() == Engine.BATCH).isEmpty()) {
      violations.add("tier", "\"" + name + "\" is no tier of the batch engine: hourly or daily");
    } else if (RunPlans.batchViews(source).stream().noneMatch(v -> v.tier() == tier.get())) {
      violations.add("tier", "source " + source.source().name() + " has no " + name + " views");
    }
    if (asOf != null && asOf.isAfter(clock.instant())) {
      violations.add("asOf", asOf + " is to come: choose a time that has passed");
    }
    violations.throwIfAny("the materialization");
  }
}
