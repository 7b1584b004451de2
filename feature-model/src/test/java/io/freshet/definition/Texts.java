package io.freshet.definition;

import io.freshet.plan.BoundView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Valid documents that tests start from, and a catalog that has them. */
final class Texts {
  static final String PROJECT =
      """
      apiVersion: freshet.io/v1
      kind: Project
      metadata: {name: flights, owner: ops@example.org}
      """;

  static final String ENTITY =
      """
      apiVersion: freshet.io/v1
      kind: Entity
      metadata: {name: airport, project: flights}
      spec:
        joinKeys:
          - {name: airport, type: string}
      """;

  static final String SOURCE =
      """
      apiVersion: freshet.io/v1
      kind: EventSource
      metadata: {name: departures, project: flights}
      spec:
        columns:
          - {name: departed_at, type: timestamp}
          - {name: origin, type: string}
          - {name: flight_number, type: int64}
          - {name: delay, type: float64, optional: true}
          - {name: cancelled, type: boolean}
        eventTime: departed_at
      """;

  static final String VIEW =
      """
      apiVersion: freshet.io/v1
      kind: FeatureView
      metadata: {name: origin_delays, project: flights, owner: ops@example.org, tags: {team: delays}}
      spec:
        entity: airport
        source: departures
        joinKeys: {airport: origin}
        filter: "!cancelled"
        features:
          - {name: departures_1h,     aggregation: count,   window: 1h}
          - {name: delay_average_3h,  aggregation: average, input: delay, window: 3h}
          - {name: late_share_1h,     aggregation: average, input: "delay > 15.0 ? 1.0 : 0.0", window: 1h}
          - {name: delay_max_1h,      aggregation: max, input: delay, window: 1h}
        freshness: {maxStaleness: 10s}
        delivery: exactly_once
        ttl: 2d
      """;

  static final String SERVICE =
      """
      apiVersion: freshet.io/v1
      kind: FeatureService
      metadata: {name: delay_model, project: flights}
      spec:
        features: [origin_delays.departures_1h, origin_delays.late_share_1h]
      """;

  private Texts() {}

  static Document document(String text) {
    return Definitions.read(text).get(0);
  }

  /** A catalog of the documents of this class but the view and the service. */
  static Catalog catalog() {
    return catalogOf(PROJECT, ENTITY, SOURCE);
  }

  static Catalog catalogOf(String... texts) {
    return new FixedCatalog(
        List.of(texts).stream().map(t -> Definitions.unbound(document(t))).toList());
  }

  private static final class FixedCatalog implements Catalog {
    private final Map<String, Definition> definitions = new HashMap<>();

    FixedCatalog(List<Definition> all) {
      for (Definition definition : all) {
        Metadata metadata = definition.metadata();
        definitions.put(key(definition.kind(), metadata.project(), metadata.name()), definition);
      }
    }

    @Override
    public boolean hasProject(String project) {
      return definitions.containsKey(key(Kind.PROJECT, project, project));
    }

    @Override
    public Optional<Entity> entity(String project, String name) {
      return find(Entity.class, key(Kind.ENTITY, project, name));
    }

    @Override
    public Optional<EventSource> source(String project, String name) {
      return find(EventSource.class, key(Kind.EVENT_SOURCE, project, name));
    }

    @Override
    public Optional<FeatureView> view(String project, String name) {
      return find(FeatureView.class, key(Kind.FEATURE_VIEW, project, name));
    }

    @Override
    public Optional<BoundView> boundView(String project, String name) {
      return view(project, name)
          .map(view -> document(Definitions.toJson(view)))
          .flatMap(view -> Definitions.accept(view, this).boundView());
    }

    @Override
    public Optional<OnDemandFeatureView> onDemandView(String project, String name) {
      return find(OnDemandFeatureView.class, key(Kind.ON_DEMAND_FEATURE_VIEW, project, name));
    }

    private <T> Optional<T> find(Class<T> type, String key) {
      return Optional.ofNullable(definitions.get(key)).map(type::cast);
    }

    private static String key(Kind kind, String project, String name) {
      return kind + " " + project + " " + name;
    }
  }
}
