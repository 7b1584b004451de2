package io.freshet.definition;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One definition as it was written, not judged yet. What it says of itself is empty where it does
 * not say it in a readable way; {@link Definitions#accept} then reports why.
 */
public final class Document {
  private final JsonNode root;

  Document(JsonNode root) {
    this.root = root;
  }

  public Optional<Kind> kind() {
    return text(root.path("kind")).flatMap(Kind::ofWireName);
  }

  public Optional<String> name() {
    return text(root.path("metadata").path("name"));
  }

  /** The project that it names, for a project its own name. */
  public Optional<String> project() {
    return kind().filter(kind -> kind == Kind.PROJECT).isPresent()
        ? name()
        : text(root.path("metadata").path("project"));
  }

  /** How messages call it: {@code feature view origin_delays of project flights}. */
  public String subject() {
    String kind = kind().map(Document::spoken).orElse("definition");
    String project =
        kind().filter(k -> k == Kind.PROJECT).isPresent()
            ? ""
            : project().map(p -> " of project " + p).orElse("");
    return kind + name().map(name -> " " + name).orElse("") + project;
  }

  JsonNode root() {
    return root;
  }

  private static String spoken(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }
}
