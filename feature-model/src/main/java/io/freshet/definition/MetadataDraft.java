package io.freshet.definition;

import io.freshet.error.Violations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata of a draft. */
record MetadataDraft(
    @Nullable String name,
    @Nullable String project,
    @Nullable String owner,
    @Nullable String description,
    Map<String, String> tags) {

  static MetadataDraft read(Fields root, @Nullable Kind kind, Violations faults) {
    try (Fields fields = root.object("metadata")) {
      String name = fields.name("name", Names::faultOfName);
      return new MetadataDraft(
          name,
          kind == Kind.PROJECT
              ? ownName(fields, name, faults)
              : fields.name("project", Names::faultOfName),
          fields.optionalText("owner"),
          fields.optionalText("description"),
          fields.textMap("tags"));
    }
  }

  /** The project that was named, if the catalog has it. */
  @Nullable String knownProject(Catalog catalog, Violations faults) {
    if (project == null || catalog.hasProject(project)) {
      return project;
    }
    faults.add(
        "metadata.project",
        "Cannot find project " + project + ": register it first or correct the name");
    return null;
  }

  Metadata complete() {
    return new Metadata(Draft.present(name), Draft.present(project), owner, description, tags);
  }

  private static @Nullable String ownName(Fields fields, @Nullable String name, Violations faults) {
    String project = fields.optionalText("project");
    if (project != null && name != null && !project.equals(name)) {
      faults.add(
          fields.at("project"),
          "Cannot put project " + name + " into project " + project + ": leave the field out");
    }
    return name;
  }
}
