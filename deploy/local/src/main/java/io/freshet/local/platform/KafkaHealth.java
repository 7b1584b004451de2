package io.freshet.local.platform;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** The broker describes its cluster. */
final class KafkaHealth implements HealthCheck {
  private final String bootstrapServers;

  KafkaHealth(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  @Override
  public void ask() throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "request.timeout.ms",
            1500,
            "default.api.timeout.ms",
            2000);
    try (Admin admin = Admin.create(settings)) {
      if (admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty()) {
        throw new IllegalStateException("the cluster has no broker yet");
      }
    }
  }
}
