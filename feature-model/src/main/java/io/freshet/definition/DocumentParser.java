package io.freshet.definition;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Takes a text of YAML or JSON apart into documents. */
final class DocumentParser {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DocumentParser() {}

  static List<Document> parse(String text) {
    List<Document> documents = new ArrayList<>();
    for (JsonNode root : roots(text)) {
      if (root.isObject()) {
        documents.add(new Document(root));
      } else if (!root.isNull() && !root.isMissingNode()) {
        throw refused("document " + (documents.size() + 1) + " is not an object but " + root);
      }
    }
    if (documents.isEmpty()) {
      throw refused("there is no document in it, write one");
    }
    return List.copyOf(documents);
  }

  private static List<JsonNode> roots(String text) {
    if (text.stripLeading().startsWith("{")) {
      try {
        return List.of(JSON.readTree(text));
      } catch (JacksonException notJson) {
        return yamlRoots(text, notJson);
      }
    }
    return yamlRoots(text, null);
  }

  private static List<JsonNode> yamlRoots(String text, @Nullable JacksonException notJson) {
    try {
      refuseAliases(text);
      try (MappingIterator<JsonNode> roots = YAML.readerFor(JsonNode.class).readValues(text)) {
        return roots.readAll();
      }
    } catch (JacksonException e) {
      JacksonException first = notJson == null ? e : notJson;
      throw refused(
          "line %d, column %d: %s"
              .formatted(
                  first.getLocation().getLineNr(),
                  first.getLocation().getColumnNr(),
                  reason(first.getOriginalMessage())));
    }
  }

  /** An alias would be read as the text of its name. */
  private static void refuseAliases(String text) {
    try (JsonParser parser = YAML.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
          throw refused(
              "line %d: alias *%s, aliases are not supported, write the value out"
                  .formatted(parser.currentTokenLocation().getLineNr(), parser.getString()));
        }
      }
    }
  }

  /** The lines of a parser's message without those that show the text. */
  private static String reason(String message) {
    return message.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
  }

  private static InvalidInputException refused(String reason) {
    return new InvalidInputException(
        "the text",
        List.of(new Violation("document", "Cannot read the text as YAML or JSON: " + reason)));
  }
}
