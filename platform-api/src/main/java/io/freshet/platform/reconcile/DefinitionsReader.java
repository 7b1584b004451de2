package io.freshet.platform.reconcile;

import static java.util.Objects.requireNonNull;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.platform.events.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what a definitions topic says now. */
final class DefinitionsReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings settings;

  DefinitionsReader(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * The newest record of each lane: its plan as JSON, or empty if it has ended. Mutable.
   *
   * @throws FreshetException of category UNAVAILABLE if the topic's end is not reached in time
   */
  Map<Integer, Optional<String>> read(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<Integer, Optional<String>> newest = new HashMap<>();
    try (Consumer<String, String> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end =
          requireNonNull(
              consumer.endOffsets(List.of(partition), settings.timeout()).get(partition));
      long deadline = System.nanoTime() + settings.timeout().toNanos();
      while (consumer.position(partition, settings.timeout()) < end) {
        if (System.nanoTime() > deadline) {
          throw new FreshetException(
              ErrorCategory.UNAVAILABLE,
              "Cannot read "
                  + topic
                  + " to its end within "
                  + settings.timeout().toMillis()
                  + " ms");
        }
        consumer
            .poll(POLL)
            .forEach(
                record ->
                    newest.put(
                        Integer.parseUnsignedInt(record.key()),
                        Optional.ofNullable(record.value())));
      }
    }
    return newest;
  }

  private Consumer<String, String> consumer() {
    int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrapServers(),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            timeoutMillis),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
