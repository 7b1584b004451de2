package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

class OracleViewsTest {
  @Test
  void theOracleKnowsTheViewsThatTheFileDefines() {
    Map<String, List<String>> known = new TreeMap<>();
    for (OracleView view : OracleViews.all()) {
      known.put(
          view.nameIn("TIER"),
          view.features().stream()
              .map(feature -> feature.name() + " " + feature.windowMillis().orElse(0))
              .toList());
    }

    assertThat(defined()).isEqualTo(known);
  }

  private static Map<String, List<String>> defined() {
    Map<String, List<String>> defined = new TreeMap<>();
    for (JsonNode document : documents()) {
      List<String> features = new ArrayList<>();
      for (JsonNode feature : document.path("spec").path("features")) {
        String window = feature.path("window").asString("");
        Duration length = Duration.ofMillis(window.isEmpty() ? 0 : Windows.millis(window));
        features.add(feature.path("name").asString() + " " + length.toMillis());
      }
      defined.put(document.path("metadata").path("name").asString(), features);
    }
    return defined;
  }

  private static List<JsonNode> documents() {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .readValues(
                Objects.requireNonNull(
                    OracleViewsTest.class.getResourceAsStream("real-flights-views.yaml"),
                    "the views"))) {
      return documents.readAll();
    }
  }
}
