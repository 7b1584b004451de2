package io.freshet.platform.registry;

/** The media types that definitions come in. */
final class DefinitionTypes {
  static final String YAML = "application/yaml";
  static final String OLD_YAML = "application/x-yaml";
  static final String JSON = "application/json";

  private DefinitionTypes() {}
}
