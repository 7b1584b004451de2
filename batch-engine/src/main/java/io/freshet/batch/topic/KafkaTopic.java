package io.freshet.batch.topic;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A Kafka topic, which may be missing. All methods throw {@link FreshetException} if Kafka does not
 * answer in time.
 */
public record KafkaTopic(String bootstrapServers, String name) {
  private static final int TIMEOUT_MILLIS = 30_000;

  public boolean exists() {
    try (Admin admin = admin()) {
      return described(admin).isPresent();
    } catch (ExecutionException e) {
      throw failure("find", e);
    }
  }

  /** Makes the topic with the broker's defaults if it is missing. */
  public void ensure() {
    ensure(new NewTopic(name, Optional.empty(), Optional.empty()));
  }

  /**
   * Makes the topic with one partition if it is missing.
   *
   * @param settings of the topic that is made, by Kafka's names
   */
  public void ensureOfOnePartition(Map<String, String> settings) {
    ensure(new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings));
  }

  /** The offset of the next record of each partition; none if the topic is missing. */
  public Map<Integer, Long> endOffsets() {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      described(admin)
          .map(TopicDescription::partitions)
          .orElse(List.of())
          .forEach(one -> wanted.put(partition(one), OffsetSpec.latest()));
      Map<TopicPartition, ListOffsetsResultInfo> found = await(admin.listOffsets(wanted).all());
      Map<Integer, Long> ends = new HashMap<>();
      found.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw failure("measure", e);
    }
  }

  private void ensure(NewTopic topic) {
    try (Admin admin = admin()) {
      await(admin.createTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("make", e);
      }
    }
  }

  private Optional<TopicDescription> described(Admin admin) throws ExecutionException {
    try {
      return Optional.ofNullable(
          await(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private TopicPartition partition(TopicPartitionInfo described) {
    return new TopicPartition(name, described.partition());
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

  private <T> T await(KafkaFuture<T> answer) throws ExecutionException {
    try {
      return answer.get();
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
