package io.freshet.streaming.faults;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Flights;

/** Departures with much disorder, and the view of them: of ten minutes, none of which decay. */
final class Sources {
  static final long DISORDER_MILLIS = 10_000;

  private static final long WINDOW_MILLIS = 600_000;

  private Sources() {}

  static SourcePlan of(String project) {
    return of(project, Flights.MAX_FUTURE_MILLIS);
  }

  static SourcePlan of(String project, long maxFutureMillis) {
    SourcePlan flights = Flights.source(project);
    return new SourcePlan(
        project,
        flights.name(),
        flights.columns(),
        flights.eventTime(),
        flights.topic(),
        DISORDER_MILLIS,
        maxFutureMillis);
  }

  static ViewPlan view(String project) {
    return Flights.view(project, "all", 1, WINDOW_MILLIS);
  }
}
