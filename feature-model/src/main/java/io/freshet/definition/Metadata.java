package io.freshet.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every definition says of itself.
 *
 * @param name unique within kind and project: lower-case letters, digits and underscores, starting
 *     with a letter, 63 at most
 * @param project the tenant; for a project, its own name
 * @param owner whom to ask, or null
 * @param description what it is, or null
 */
public record Metadata(
    String name,
    String project,
    @Nullable String owner,
    @Nullable String description,
    Map<String, String> tags) {
  public Metadata {
    tags = Map.copyOf(tags);
  }
}
