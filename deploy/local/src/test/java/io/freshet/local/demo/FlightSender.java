package io.freshet.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends flights straight to a topic, keyed by origin: each partition has them in time order. */
final class FlightSender {
  private FlightSender() {}

  /**
   * Returns once the broker has all of them.
   *
   * @throws IllegalStateException if it refused one
   */
  static void send(FlightTable flights, String bootstrapServers, String topic) {
    AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
      for (int row = 0; row < flights.size() && refused.get() == null; row++) {
        byte[] key = flights.origin(row).getBytes(UTF_8);
        byte[] event = flights.departure(row).toJson().getBytes(UTF_8);
        var unused =
            producer.send(
                new ProducerRecord<>(topic, key, event),
                (stored, failure) -> {
                  if (failure != null) {
                    refused.compareAndSet(null, failure);
                  }
                });
      }
    }
    if (refused.get() != null) {
      throw new IllegalStateException("Cannot send the flights to " + topic, refused.get());
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 18);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
