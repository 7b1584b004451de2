package io.freshet.batch.handover;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.handover.HandOver;
import io.freshet.handover.HandOver.KeyHistory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends hand-over records, each once and in their order; a history under its key's bytes. Not
 * thread-safe.
 */
final class HandOverProducer implements AutoCloseable {
  private static final int ONLY_PARTITION = 0;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int BUFFER_BYTES = 2 * HandOver.MAX_RECORD_BYTES;

  private final HandOverTopic topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  HandOverProducer(HandOverTopic topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topic.bootstrapServers(),
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                HandOver.MAX_RECORD_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                (long) BUFFER_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * @throws FreshetException if it or a record before it could not be sent
   */
  void send(HandOver handOver) {
    byte[] key = handOver instanceof KeyHistory history ? history.entity() : null;
    throwIfFailed();
    try {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic.name(), ONLY_PARTITION, key, HandOver.encode(handOver)),
              (sent, e) -> failure.compareAndSet(null, e));
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  /**
   * Returns once all records are acknowledged.
   *
   * @throws FreshetException if one could not be sent
   */
  void awaitAll() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      throw refused(e);
    }
    throwIfFailed();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }

  private void throwIfFailed() {
    Exception failed = failure.get();
    if (failed != null) {
      throw refused(failed);
    }
  }

  private FreshetException refused(Exception e) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot hand over through topic %s at %s: %s, check that Kafka is up and the topic takes records of %d bytes, then run again"
            .formatted(topic.name(), topic.bootstrapServers(), e, HandOver.MAX_RECORD_BYTES),
        e);
  }
}
