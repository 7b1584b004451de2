package io.freshet.platform.registry;

import io.freshet.definition.OnDemandFeatureView;
import java.util.List;
import java.util.Map;

/**
 * What lookups serve of a project.
 *
 * @param views the live versions by view name
 * @param onDemand the on-demand views by name
 * @param services by service name, the features as they were declared
 */
public record ServedProject(
    Map<String, ViewVersion> views,
    Map<String, OnDemandFeatureView> onDemand,
    Map<String, List<String>> services) {
  public ServedProject {
    views = Map.copyOf(views);
    onDemand = Map.copyOf(onDemand);
    services = Map.copyOf(services);
  }
}
