package io.freshet.local.demo;

import io.freshet.local.demo.ExpectedView.KeyKind;

/** Definitions of a source of departures and of views of airports over it, and what they mean. */
final class AirportViews {
  /** How far events may be out of order: more than any pause of a busy machine. */
  static final int DISORDER_SECONDS = 10;

  private AirportViews() {}

  /** The project with its entity and its source. */
  static String source(String project) {
    return """
        apiVersion: freshet.io/v1
        kind: Project
        metadata: {name: %1$s}
        ---
        apiVersion: freshet.io/v1
        kind: Entity
        metadata: {name: airport, project: %1$s}
        spec:
          joinKeys:
            - {name: origin, type: string}
        ---
        apiVersion: freshet.io/v1
        kind: EventSource
        metadata: {name: departures, project: %1$s, owner: ops@example.org}
        spec:
          columns:
            - {name: time, type: timestamp}
            - {name: delay, type: int64}
            - {name: distance, type: int64}
            - {name: origin, type: string}
            - {name: destination, type: string}
          eventTime: time
          maxDisorder: %2$ds
        """
        .formatted(project, DISORDER_SECONDS);
  }

  /**
   * A view of four features over one window.
   *
   * @param rest further members of its specification, such as {@code freshness: {tier: hourly}},
   *     one a line
   */
  static String view(String project, String name, String window, String... rest) {
    return """
        apiVersion: freshet.io/v1
        kind: FeatureView
        metadata: {name: %2$s, project: %1$s, owner: ops@example.org}
        spec:
          entity: airport
          source: departures
          features:
            - {name: departures, aggregation: count, window: %3$s}
            - {name: delay_average, aggregation: average, input: delay, window: %3$s}
            - {name: delay_max, aggregation: max, input: delay, window: %3$s}
            - {name: miles, aggregation: sum, input: distance, window: %3$s}
          %4$s
        """
        .formatted(project, name, window, String.join("\n  ", rest));
  }

  /** What such a view must serve. */
  static ExpectedView expected(String name, String window) {
    return ExpectedView.named(name, KeyKind.AIRPORT)
        .count("departures", window)
        .average("delay_average", Departure::delay, window)
        .greatestDelay("delay_max", window)
        .miles("miles", window)
        .build();
  }
}
