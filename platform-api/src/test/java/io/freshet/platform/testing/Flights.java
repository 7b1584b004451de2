package io.freshet.platform.testing;

import java.util.UUID;

/** Definitions of a project about flights, under a name that no other test has. */
public final class Flights {
  private final String project = "flights_" + UUID.randomUUID().toString().substring(0, 8);

  public String project() {
    return project;
  }

  /** The address of something in the project. */
  public String path(String rest) {
    return "/api/v1/projects/" + project + "/" + rest;
  }

  public String projectDocument() {
    return """
        apiVersion: freshet.io/v1
        kind: Project
        metadata: {name: %s, owner: ops@example.org}
        """
        .formatted(project);
  }

  public String airport() {
    return document("Entity", "airport", "joinKeys: [{name: origin, type: string}]");
  }

  public String route() {
    return document(
        "Entity",
        "route",
        "joinKeys: [{name: origin, type: string}, {name: flight_number, type: int64}]");
  }

  public String departures() {
    return departures("");
  }

  /**
   * @param moreColumns further columns, each line from its dash
   */
  public String departures(String moreColumns) {
    return document(
        "EventSource",
        "departures",
        """
        columns:
          - {name: departed_at, type: timestamp}
          - {name: origin, type: string}
          - {name: flight_number, type: int64}
          - {name: delay, type: float64, optional: true}
          - {name: cancelled, type: boolean}
        %seventTime: departed_at
        kafka: {topic: %s_departures}
        maxDisorder: 30s
        """
            .formatted(moreColumns.isEmpty() ? "" : moreColumns.indent(2), project));
  }

  /** A view of airports, for a maxStaleness of a minute. */
  public String delays() {
    return delays("freshness: {maxStaleness: 1m}");
  }

  /**
   * @param more further fields of the spec
   */
  public String delays(String more) {
    return document(
        "FeatureView",
        "delays",
        """
        entity: airport
        source: departures
        filter: "!cancelled"
        features:
          - {name: departures_1h, aggregation: count, window: 1h}
          - {name: delay_average_3h, aggregation: average, input: delay, window: 3h}
        %s
        """
            .formatted(more));
  }

  /** A view of routes, daily. */
  public String routeDelays() {
    return document(
        "FeatureView",
        "route_delays",
        """
        entity: route
        source: departures
        features:
          - {name: delay_max_7d, aggregation: max, input: delay, window: 7d}
        freshness: {tier: daily}
        """);
  }

  /** An on-demand view over both. */
  public String riskNow() {
    return document(
        "OnDemandFeatureView",
        "risk_now",
        """
        views: [delays, route_delays]
        request:
          - {name: scheduled_at, type: timestamp}
          - {name: seats, type: float64, optional: true}
        features:
          - {name: minutes_left, expression: "(request.scheduled_at - now).getMinutes()"}
          - {name: delay_ratio, expression: "route_delays.delay_max_7d / delays.delay_average_3h"}
          - {name: seats_a_departure, expression: "int(request.seats) / delays.departures_1h"}
          - {name: is_idle, expression: "delays.departures_1h == 0"}
        """);
  }

  public String service(String features) {
    return document("FeatureService", "risk", "features: " + features);
  }

  public String document(String kind, String name, String spec) {
    return """
    apiVersion: freshet.io/v1
    kind: %s
    metadata: {name: %s, project: %s}
    spec:
    """
            .formatted(kind, name, project)
        + spec.indent(2);
  }

  /** Registers the project, its entities and its source, one request each. */
  public void registerBasics(ApiClient client) {
    client.putYaml("/api/v1/projects/" + project, projectDocument()).expect(201);
    client.putYaml(path("entities/airport"), airport()).expect(201);
    client.putYaml(path("entities/route"), route()).expect(201);
    client.putYaml(path("sources/departures"), departures()).expect(201);
  }
}
