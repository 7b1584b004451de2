package io.freshet.local.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where each view was routed, and why. */
final class RouteTable {
  private RouteTable() {}

  static String of(List<JsonNode> routes) {
    StringBuilder text = new StringBuilder();
    text.append("  %-16s %-10s %-10s %s%n".formatted("view", "tier", "engine", "why"));
    for (JsonNode route : routes) {
      List<String> reasons = route.path("reasons").valueStream().map(JsonNode::asString).toList();
      for (int i = 0; i < Math.max(1, reasons.size()); i++) {
        text.append(
            "  %-16s %-10s %-10s %s%n"
                .formatted(
                    i == 0 ? route.path("view").asString() : "",
                    i == 0 ? route.path("tier").asString() : "",
                    i == 0 ? route.path("engine").asString() : "",
                    reasons.isEmpty() ? "" : reasons.get(i)));
      }
    }
    return text.toString().stripTrailing();
  }
}
