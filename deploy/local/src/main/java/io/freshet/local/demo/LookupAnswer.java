package io.freshet.local.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The answer to a lookup; entities and features are counted in the order of the request. */
final class LookupAnswer {
  private final JsonNode root;
  private final List<String> features;

  LookupAnswer(JsonNode root) {
    this.root = root;
    this.features = root.path("features").valueStream().map(JsonNode::asString).toList();
  }

  /** The names, as {@code view.feature}. */
  List<String> features() {
    return features;
  }

  /** The value: a Long, a Double, a String, a List of one of them, a Map to Long, or null. */
  @Nullable Object value(int entity, int feature) {
    JsonNode value = cell(entity, "values", feature);
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    if (value.isArray()) {
      return value.valueStream().map(LookupAnswer::scalar).toList();
    }
    if (value.isObject()) {
      return value
          .propertyStream()
          .collect(Collectors.toMap(Map.Entry::getKey, bar -> scalar(bar.getValue())));
    }
    return scalar(value);
  }

  /** {@code PRESENT}, {@code NULL_VALUE}, {@code NOT_FOUND} or {@code OUTSIDE_MAX_AGE}. */
  String status(int entity, int feature) {
    return cell(entity, "statuses", feature).asString();
  }

  Optional<Instant> asOf(int entity, int feature) {
    return instant(cell(entity, "asOf", feature));
  }

  /** Up to when a view has everything; empty if it has nothing yet. */
  Optional<Instant> completeThrough(String view) {
    return root.path("views")
        .valueStream()
        .filter(one -> one.path("view").asString().equals(view))
        .flatMap(one -> instant(one.path("completeThrough")).stream())
        .findFirst();
  }

  private static Object scalar(JsonNode value) {
    if (value.isNumber()) {
      return value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
    }
    return value.asString();
  }

  private JsonNode cell(int entity, String column, int feature) {
    return root.path("results").path(entity).path(column).path(feature);
  }

  private static Optional<Instant> instant(JsonNode node) {
    return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
  }
}
