package io.freshet.platform.events;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether Kafka answers, as health component {@code kafka}. */
@Component
class KafkaHealthIndicator implements HealthIndicator {
  private static final int TIMEOUT_MILLIS = 2000;

  private final KafkaAdminConnection admin;
  private final KafkaSettings settings;

  KafkaHealthIndicator(KafkaAdminConnection admin, KafkaSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  @Override
  public Health health() {
    try {
      int brokers =
          admin
              .client()
              .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MILLIS))
              .nodes()
              .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
              .size();
      return Health.up().withDetail("brokers", brokers).build();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return down();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down();
    }
  }

  private Health down() {
    return Health.down()
        .withDetail(
            "reason",
            "Kafka at %s did not answer within %d ms"
                .formatted(settings.bootstrapServers(), TIMEOUT_MILLIS))
        .build();
  }
}
