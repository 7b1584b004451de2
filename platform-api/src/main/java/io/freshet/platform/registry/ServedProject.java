package io.freshet.platform.registry;

import java.util.List;
import java.util.Map;

/**
 * What lookups serve of a project.
 *
 * @param views the live versions by view name
 * @param services by service name, the features as they were declared
 */
public record ServedProject(Map<String, ViewVersion> views, Map<String, List<String>> services) {
  public ServedProject {
    views = Map.copyOf(views);
    services = Map.copyOf(services);
  }
}
