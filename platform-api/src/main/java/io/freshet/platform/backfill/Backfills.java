package io.freshet.platform.backfill;

import static java.util.Objects.requireNonNull;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violations;
import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillPlan.Aim;
import io.freshet.plan.BackfillPlan.Ranges;
import io.freshet.plan.Engine;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.schedule.BackfillRuns;
import io.freshet.platform.schedule.BatchRun;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of what users ask for a run of the batch engine. */
@Component
class Backfills {
  /** The longest range: as long as the longest duration of a definition. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Of a plan whose run has no name and no files yet. */
  private static final String UNSETTLED = "";

  private static final String NO_TIME = "give a time, as 2026-03-01T00:00:00Z";

  private final RegistryReads registry;
  private final BackfillRuns runs;
  private final String warehouse;
  private final Clock clock;

  Backfills(RegistryReads registry, BackfillRuns runs, WarehouseSettings warehouse, Clock clock) {
    this.registry = registry;
    this.runs = runs;
    this.warehouse = warehouse.root();
    this.clock = clock;
  }

  /**
   * Stores that a backfill is wanted.
   *
   * @throws io.freshet.platform.web.RequestRefusedException if there is no such view
   * @throws InvalidInputException with every fault of the request
   */
  BatchRun request(String project, String name, BackfillRequest request) {
    registry.requireProject(project);
    ViewPlan view = registry.view(project, name).plan();
    Violations faults = new Violations();
    if (view.tier().engine() != Engine.BATCH) {
      faults.add(
          "view",
          "%s is of the %s tier, which has no ticks: a backfill is of hourly and daily views"
              .formatted(name, view.tier().wireName()));
    }
    checkTimes(request.from(), request.to(), faults);
    Ranges ranges = ranges(request.ranges(), faults);
    faults.throwIfAny("the backfill");
    return runs.request(
        new BackfillPlan(
            UNSETTLED,
            registry.source(project, view.view().source()),
            List.of(view),
            requireNonNull(request.from()).toEpochMilli(),
            requireNonNull(request.to()).toEpochMilli(),
            ranges,
            Boolean.TRUE.equals(request.estimate()) ? Aim.ESTIMATE : Aim.ROWS,
            warehouse,
            UNSETTLED));
  }

  private void checkTimes(@Nullable Instant from, @Nullable Instant to, Violations faults) {
    if (from == null) {
      faults.add("from", NO_TIME);
    }
    if (to == null) {
      faults.add("to", NO_TIME);
    } else if (to.isAfter(clock.instant())) {
      faults.add("to", to + " is to come: choose a time that has passed");
    }
    if (from != null && to != null) {
      checkRange(from, to, faults);
    }
  }

  private static void checkRange(Instant from, Instant to, Violations faults) {
    if (!from.isBefore(to)) {
      faults.add("from", "%s is not before %s: swap them or choose others".formatted(from, to));
    } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      faults.add(
          "from",
          "%s is more than %d days before %s: ask for one part after the other"
              .formatted(from, LONGEST.toDays(), to));
    }
  }

  private static Ranges ranges(@Nullable String name, Violations faults) {
    if (name == null || name.equals("missing")) {
      return Ranges.MISSING;
    }
    if (!name.equals("all")) {
      faults.add("ranges", "\"%s\" is no choice: missing or all".formatted(name));
    }
    return Ranges.ALL;
  }
}
