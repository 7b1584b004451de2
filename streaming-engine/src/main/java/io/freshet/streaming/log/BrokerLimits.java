package io.freshet.streaming.log;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the brokers allow. */
final class BrokerLimits {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLimits.class);
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";
  private static final int ANSWER_MILLIS = 10_000;

  private BrokerLimits() {}

  /** The least {@code transaction.max.timeout.ms} of the brokers; empty if they do not tell. */
  static OptionalLong maxTransactionTimeoutMillis(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "request.timeout.ms",
            ANSWER_MILLIS,
            "default.api.timeout.ms",
            ANSWER_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      List<ConfigResource> brokers =
          admin.describeCluster().nodes().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS).stream()
              .map(Node::idString)
              .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
              .toList();
      return admin
          .describeConfigs(brokers)
          .all()
          .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
          .values()
          .stream()
          .mapToLong(BrokerLimits::maxTransactionTimeout)
          .min();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "Cannot learn {} from {}: the job starts without a check against it",
          MAX_TRANSACTION_TIMEOUT,
          bootstrapServers,
          e);
      return OptionalLong.empty();
    }
  }

  private static long maxTransactionTimeout(Config config) {
    return Long.parseLong(config.get(MAX_TRANSACTION_TIMEOUT).value());
  }
}
