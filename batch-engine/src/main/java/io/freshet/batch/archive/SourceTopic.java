package io.freshet.batch.archive;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka topic, which may be missing. */
record SourceTopic(String bootstrapServers, String name) {
  private static final int TIMEOUT_MILLIS = 30_000;

  /**
   * @throws FreshetException if Kafka does not answer in time
   */
  boolean exists() {
    try (Admin admin = admin()) {
      await(admin.describeTopics(List.of(name)).allTopicNames());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw failure("find", e);
    }
  }

  /**
   * Makes the topic with the broker's defaults if it is missing.
   *
   * @throws FreshetException if Kafka does not answer in time
   */
  void ensure() {
    try (Admin admin = admin()) {
      NewTopic topic = new NewTopic(name, Optional.empty(), Optional.empty());
      await(admin.createTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("make", e);
      }
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS / 2,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS));
  }

  private void await(KafkaFuture<?> answer) throws ExecutionException {
    try {
      answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE, "Cannot reach topic " + name + ": interrupted", e);
    }
  }

  private FreshetException failure(String action, ExecutionException e) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot %s topic %s at %s: %s, check that Kafka is up"
            .formatted(action, name, bootstrapServers, e.getCause()),
        e);
  }
}
