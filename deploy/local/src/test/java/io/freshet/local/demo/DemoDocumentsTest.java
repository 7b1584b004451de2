package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DemoDocumentsTest {
  @Test
  void definesTheViewsAndFeaturesThatTheCheckExpects() {
    Map<String, List<String>> defined = new TreeMap<>();
    for (JsonNode document : documents(DemoDocuments.views("p"))) {
      if (document.path("kind").asString().equals("FeatureView")) {
        defined.put(
            document.path("metadata").path("name").asString(),
            document.path("spec").path("features").valueStream().map(f -> signature(f)).toList());
      }
    }

    Map<String, List<String>> expected = new TreeMap<>();
    for (ExpectedView view : ExpectedViews.all()) {
      expected.put(
          view.name(),
          view.features().stream().map(f -> f.name() + " over " + f.windowMillis()).toList());
    }
    assertThat(defined).isEqualTo(expected);
  }

  @Test
  void putsEveryDocumentIntoTheProjectOfTheRun() {
    List<JsonNode> all =
        Stream.concat(
                documents(DemoDocuments.source("run_7")).stream(),
                documents(DemoDocuments.views("run_7")).stream())
            .toList();

    assertThat(all)
        .hasSize(10)
        .allSatisfy(
            document -> {
              JsonNode metadata = document.path("metadata");
              boolean isProject = document.path("kind").asString().equals("Project");
              assertThat(metadata.path(isProject ? "name" : "project").asString())
                  .isEqualTo("run_7");
            });
  }

  private static String signature(JsonNode feature) {
    return feature.path("name").asString()
        + " over "
        + Windows.millis(feature.path("window").asString());
  }

  private static List<JsonNode> documents(String text) {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll();
    }
  }
}
