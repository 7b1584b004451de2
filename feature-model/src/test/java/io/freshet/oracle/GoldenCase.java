package io.freshet.oracle;

import io.freshet.definition.Accepted;
import io.freshet.definition.Definitions;
import io.freshet.definition.EventSource;
import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.SourcePlan;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A golden case: a view, the events of its source as they arrive, and the values that its features
 * must have as of given times. The files are in {@code golden/}; README.md there says how to read
 * them. All cases share one source and one entity, whose join key is {@code key}.
 *
 * @param events JSON objects, UTF-8, in their order of arrival
 */
public record GoldenCase(
    String name,
    SourcePlan source,
    BoundView view,
    List<byte[]> events,
    List<Expectation> expectations) {
  /** When all events arrive, which no event is after. */
  public static final long ARRIVAL_MILLIS = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

  private static final List<String> FILES =
      List.of(
          "windows.yaml",
          "boundaries.yaml",
          "calendar.yaml",
          "aggregations.yaml",
          "lists.yaml",
          "distributions.yaml",
          "lifetime.yaml",
          "values.yaml",
          "odd-values.yaml",
          "order.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * What the features must be.
   *
   * @param key the value of the join key
   * @param asOfMillis events of the key before this time count
   * @param values one a feature, in the view's order, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by SameValue only.
  public record Expectation(String key, long asOfMillis, @Nullable Object[] values) {}

  /** All cases of all golden files. */
  public static List<GoldenCase> all() {
    String shared = resource("shared.yaml");
    List<GoldenCase> cases = new ArrayList<>();
    for (String file : FILES) {
      try (MappingIterator<JsonNode> nodes =
          YAML.readerFor(JsonNode.class).readValues(resource(file))) {
        nodes.forEachRemaining(node -> cases.add(of(node, shared)));
      }
    }
    return List.copyOf(cases);
  }

  /** What enters an expectation's value: its key's events before its as-of time, as they arrive. */
  public List<OracleEvent> eventsOf(Expectation expectation) {
    EventDecoder decoder = new EventDecoder(source);
    ViewProjection projection = ViewProjection.of(view, source);
    byte[] key = new EntityKeyCodec(view.joinKeys()).encode(new Object[] {expectation.key()});
    List<OracleEvent> held = new ArrayList<>();
    for (byte[] message : events) {
      if (!(decoder.decode(message, ARRIVAL_MILLIS) instanceof Event event)) {
        throw new IllegalStateException("golden case " + name + " has an event that is none");
      }
      project(projection, event)
          .filter(input -> Arrays.equals(input.key(), key))
          .filter(input -> input.timeMillis() < expectation.asOfMillis())
          .map((ViewInput input) -> new OracleEvent(input.timeMillis(), input.inputs()))
          .ifPresent(held::add);
    }
    return List.copyOf(held);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Empty also for an event that an expression of the view fails on: it does not enter. */
  private static Optional<ViewInput> project(ViewProjection projection, Event event) {
    try {
      return projection.project(event);
    } catch (ExpressionFailedException e) {
      return Optional.empty();
    }
  }

  private static GoldenCase of(JsonNode node, String shared) {
    String name = node.path("case").asString();
    List<Accepted> accepted =
        Definitions.acceptAll(
            Definitions.read(shared + "---\n" + viewDocument(name, node.path("view"))),
            new EmptyCatalog());
    SourcePlan source =
        accepted.stream()
            .map(Accepted::definition)
            .filter(EventSource.class::isInstance)
            .map(EventSource.class::cast)
            .findFirst()
            .orElseThrow()
            .plan();
    BoundView view =
        accepted.stream().flatMap(one -> one.boundView().stream()).findFirst().orElseThrow();
    List<byte[]> events = new ArrayList<>();
    node.path("events").forEach(e -> events.add(e.toString().getBytes(StandardCharsets.UTF_8)));
    List<Expectation> expectations = new ArrayList<>();
    node.path("expect").forEach(e -> expectations.add(expectation(e, view)));
    return new GoldenCase(name, source, view, List.copyOf(events), List.copyOf(expectations));
  }

  private static String viewDocument(String name, JsonNode spec) {
    return """
        {"apiVersion": "freshet.io/v1", "kind": "FeatureView",
         "metadata": {"name": "%s", "project": "golden"}, "spec": %s}
        """
        .formatted(name, spec);
  }

  private static Expectation expectation(JsonNode node, BoundView view) {
    JsonNode values = node.path("values");
    if (values.size() != view.features().size()) {
      throw new IllegalArgumentException("Cannot use " + node + ": name every feature once");
    }
    List<@Nullable Object> row = new ArrayList<>();
    for (FeaturePlan feature : view.features()) {
      row.add(value(values.required(feature.name()), feature.resultType()));
    }
    return new Expectation(
        node.path("key").asString(),
        Instant.parse(node.path("asOf").asString()).toEpochMilli(),
        row.toArray());
  }

  private static @Nullable Object value(JsonNode node, FeatureType type) {
    if (node.isNull()) {
      return null;
    }
    return switch (type.shape()) {
      case SCALAR -> scalar(node, type.element());
      case LIST -> node.valueStream().map(element -> scalar(element, type.element())).toList();
      case COUNTS -> {
        SortedMap<String, Long> counts = new TreeMap<>();
        node.properties().forEach(bar -> counts.put(bar.getKey(), bar.getValue().longValue()));
        yield counts;
      }
    };
  }

  private static Object scalar(JsonNode node, ValueType type) {
    return switch (type) {
      case INT64 -> node.longValue();
      case FLOAT64 -> Double.valueOf(node.asString());
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case TIMESTAMP -> Instant.parse(node.stringValue());
    };
  }

  private static String resource(String file) {
    try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
