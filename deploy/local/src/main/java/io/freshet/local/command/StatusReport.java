package io.freshet.local.command;

import io.freshet.local.supervisor.PlatformStatus;
import java.util.Locale;

/** How the platform stands, as a table for people. */
final class StatusReport {
  private StatusReport() {}

  static String of(PlatformStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Freshet is %s (supervisor %d)%n"
            .formatted(status.phase().name().toLowerCase(Locale.ROOT), status.supervisor().pid()));
    for (PlatformStatus.State service : status.services()) {
      text.append(
          "  %-14s %-12s pid %-8d restarts %-3d %s%n"
              .formatted(
                  service.name(),
                  service.state(),
                  service.pid(),
                  service.restarts(),
                  service.address()));
    }
    text.append("  REST and OpenAPI page: %s/swagger-ui.html%n".formatted(status.api()));
    text.append("  metrics:               %s/actuator/prometheus%n".formatted(status.api()));
    return text.toString();
  }
}
