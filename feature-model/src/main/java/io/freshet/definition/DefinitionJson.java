package io.freshet.definition;

import io.freshet.plan.Aggregation;
import io.freshet.plan.AvroFormat;
import io.freshet.plan.Deduplication;
import io.freshet.plan.Parameters;
import io.freshet.plan.Shedding;
import io.freshet.plan.TablePlan;
import io.freshet.plan.Tier;
import io.freshet.value.Column;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes definitions as the documents that they are read from, with their defaults. */
final class DefinitionJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = new JsonMapper();

  private DefinitionJson() {}

  static ObjectNode of(Definition definition) {
    ObjectNode root = NODES.objectNode();
    root.put("apiVersion", Definitions.API_VERSION);
    root.put("kind", definition.kind().wireName());
    root.set("metadata", metadata(definition));
    if (definition instanceof Entity entity) {
      root.set("spec", spec(entity));
    } else if (definition instanceof EventSource source) {
      root.set("spec", spec(source));
    } else if (definition instanceof FeatureView view) {
      root.set("spec", spec(view));
    } else if (definition instanceof OnDemandFeatureView view) {
      root.set("spec", spec(view));
    } else if (definition instanceof FeatureService service) {
      ArrayNode features = root.putObject("spec").putArray("features");
      service.features().forEach(features::add);
    }
    return root;
  }

  private static ObjectNode metadata(Definition definition) {
    Metadata metadata = definition.metadata();
    ObjectNode node = NODES.objectNode();
    node.put("name", metadata.name());
    if (!(definition instanceof Project)) {
      node.put("project", metadata.project());
    }
    putText(node, "owner", metadata.owner());
    putText(node, "description", metadata.description());
    putTexts(node, "tags", metadata.tags());
    return node;
  }

  private static ObjectNode spec(Entity entity) {
    ObjectNode spec = NODES.objectNode();
    ArrayNode keys = spec.putArray("joinKeys");
    for (Column key : entity.joinKeys()) {
      keys.addObject().put("name", key.name()).put("type", key.type().wireName());
    }
    if (entity.expectedKeys() != null) {
      spec.put("expectedKeys", entity.expectedKeys());
    }
    return spec;
  }

  private static ObjectNode spec(EventSource source) {
    ObjectNode spec = NODES.objectNode();
    ArrayNode columns = spec.putArray("columns");
    for (Column column : source.columns()) {
      columns.add(column(column));
    }
    spec.put("eventTime", source.eventTime());
    TablePlan table = source.table();
    if (table == null) {
      spec.putObject("kafka").put("topic", source.topic());
      spec.put("maxDisorder", Durations.format(source.maxDisorder()));
    } else {
      spec.putObject("table").put("format", table.format().wireName()).put("path", table.path());
    }
    spec.put("maxFuture", Durations.format(source.maxFuture()));
    AvroFormat avro = source.avro();
    if (avro != null) {
      spec.set("avro", avro(avro));
    }
    Deduplication copies = source.deduplication();
    if (copies != null) {
      ObjectNode deduplicate = spec.putObject("deduplicate").put("id", copies.id());
      putDuration(deduplicate, "within", Duration.ofMillis(copies.withinMillis()));
    }
    return spec;
  }

  private static ObjectNode column(Column column) {
    ObjectNode node = NODES.objectNode();
    node.put("name", column.name()).put("type", column.type().wireName());
    if (!column.path().equals(column.name())) {
      node.put("path", column.path());
    }
    if (column.coercion() == Column.Coercion.FROM_TEXT) {
      node.put("coerce", true);
    }
    return node.put("optional", column.presence() == Column.Presence.OPTIONAL);
  }

  private static ObjectNode avro(AvroFormat format) {
    ObjectNode node = NODES.objectNode();
    node.set("schema", JSON.readTree(format.schema()));
    node.put("encoding", format.encoding().wireName());
    if (!format.earlierSchemas().isEmpty()) {
      ArrayNode earlier = node.putArray("earlierSchemas");
      format.earlierSchemas().forEach(schema -> earlier.add(JSON.readTree(schema)));
    }
    return node;
  }

  private static ObjectNode spec(FeatureView view) {
    ObjectNode spec = NODES.objectNode();
    spec.put("entity", view.entity());
    spec.put("source", view.source());
    putTexts(spec, "joinKeys", view.joinKeys());
    putText(spec, "filter", view.filter());
    ArrayNode features = spec.putArray("features");
    for (Feature feature : view.features()) {
      features.add(feature(feature));
    }
    if (!view.freshness().equals(FeatureView.Freshness.UNDECLARED)) {
      ObjectNode freshness = spec.putObject("freshness");
      putDuration(freshness, "maxStaleness", view.freshness().maxStaleness());
      Tier tier = view.freshness().tier();
      putText(freshness, "tier", tier == null ? null : tier.wireName());
    }
    spec.put("delivery", view.delivery().wireName());
    putDuration(spec, "ttl", view.ttl());
    putDuration(spec, "allowedLateness", view.allowedLateness());
    if (!view.featureLogs().isEmpty()) {
      ArrayNode logs = spec.putArray("featureLog");
      view.featureLogs().forEach(log -> logs.add(log.wireName()));
    }
    Shedding shedding = view.shedding();
    if (shedding != null) {
      spec.put("sheddable", true).put("priority", shedding.priority());
    }
    return spec;
  }

  private static ObjectNode spec(OnDemandFeatureView view) {
    ObjectNode spec = NODES.objectNode();
    ArrayNode views = spec.putArray("views");
    view.views().forEach(views::add);
    if (!view.request().isEmpty()) {
      ArrayNode request = spec.putArray("request");
      view.request().forEach(column -> request.add(column(column)));
    }
    ArrayNode features = spec.putArray("features");
    for (OnDemandFeatureView.Computed feature : view.features()) {
      features.addObject().put("name", feature.name()).put("expression", feature.expression());
    }
    return spec;
  }

  private static ObjectNode feature(Feature feature) {
    Aggregation aggregation = feature.aggregation();
    ObjectNode node = NODES.objectNode();
    node.put("name", feature.name()).put("aggregation", aggregation.wireName());
    putText(node, "input", feature.input());
    putDuration(node, "window", feature.window());
    putParameters(node, aggregation, feature.parameters());
    return node;
  }

  private static void putParameters(
      ObjectNode node, Aggregation aggregation, Parameters parameters) {
    switch (aggregation.takes()) {
      case NOTHING -> {}
      case K -> node.put("k", parameters.k());
      case PERCENTILES -> {
        ArrayNode percentiles = node.putArray("percentiles");
        parameters.percentiles().forEach(percentiles::add);
      }
      case BOUND -> node.put("bound", parameters.bound());
      case BOUND_AND_CHOICE ->
          node.put("bound", parameters.bound())
              .put("beyondBound", parameters.beyondBound().wireName());
    }
  }

  private static void putText(ObjectNode node, String field, @Nullable String text) {
    if (text != null) {
      node.put(field, text);
    }
  }

  private static void putDuration(ObjectNode node, String field, @Nullable Duration duration) {
    if (duration != null) {
      node.put(field, Durations.format(duration));
    }
  }

  private static void putTexts(ObjectNode node, String field, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      ObjectNode object = node.putObject(field);
      new TreeMap<>(texts).forEach(object::put);
    }
  }
}
