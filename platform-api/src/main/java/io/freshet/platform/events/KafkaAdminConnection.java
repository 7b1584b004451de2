package io.freshet.platform.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One administrative client for the process, made when it is first needed. Thread-safe. */
@Component
class KafkaAdminConnection implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private @Nullable Admin client;

  KafkaAdminConnection(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws org.apache.kafka.common.KafkaException if no address of a server can be resolved
   */
  synchronized Admin client() {
    Admin made = client;
    if (made == null) {
      made = Admin.create(properties());
      client = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close(CLOSE_TIMEOUT);
    }
  }

  private Map<String, Object> properties() {
    int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
    Map<String, Object> properties = new HashMap<>();
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "freshet-platform");
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000L);
    return properties;
  }
}
