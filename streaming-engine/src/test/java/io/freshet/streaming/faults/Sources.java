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
    return of(project, maxFutureMillis, DISORDER_MILLIS);
  }

  /** One whose events may be on their way for a time, as in a producer that cannot send. */
  static SourcePlan patient(String project, long disorderMillis) {
    return of(project, Flights.MAX_FUTURE_MILLIS, disorderMillis);
  }

  private static SourcePlan of(String project, long maxFutureMillis, long disorderMillis) {
    SourcePlan flights = Flights.source(project);
    return new SourcePlan(
        project,
        flights.name(),
        flights.columns(),
        flights.eventTime(),
        flights.topic(),
        disorderMillis,
        maxFutureMillis);
  }

  static ViewPlan view(String project) {
    return Flights.view(project, "all", 1, WINDOW_MILLIS);
  }
}
