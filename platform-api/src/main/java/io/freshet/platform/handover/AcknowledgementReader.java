package io.freshet.platform.handover;

import static java.util.Objects.requireNonNull;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.handover.Acknowledgement;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.platform.events.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Follows the acknowledgements of all sources that have lanes, by one consumer. After a failure it
 * reads them all again. Used by one thread.
 */
@Component
class AcknowledgementReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AcknowledgementReader.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaSettings settings;
  private final Map<String, Map<Integer, LaneAcknowledgements>> lanes = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> consumer;

  AcknowledgementReader(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * Reads what was acknowledged until now. The topics are there.
   *
   * @throws FreshetException of category UNAVAILABLE if Kafka does not answer in time
   */
  void readOn(Collection<SourcePlan> sources) {
    try {
      follow(sources);
    } catch (InterruptException stopped) {
      throw stopped;
    } catch (FreshetException | KafkaException failure) {
      close();
      throw unavailable(failure);
    }
  }

  /** What was acknowledged of a lane of a source when it was last read. */
  LaneAcknowledgements of(SourcePlan source, int lane) {
    return lanes
        .getOrDefault(source.acknowledgementsTopic(), Map.of())
        .getOrDefault(lane, new LaneAcknowledgements());
  }

  /**
   * How many partitions the topic of a source's events has.
   *
   * @throws FreshetException of category UNAVAILABLE if Kafka does not answer in time
   */
  int partitions(SourcePlan source) {
    try {
      return consumer().partitionsFor(source.topic(), settings.timeout()).size();
    } catch (InterruptException stopped) {
      throw stopped;
    } catch (KafkaException failure) {
      close();
      throw unavailable(failure);
    }
  }

  private void follow(Collection<SourcePlan> sources) {
    Set<TopicPartition> wanted =
        sources.stream()
            .map(source -> new TopicPartition(source.acknowledgementsTopic(), 0))
            .collect(Collectors.toSet());
    Consumer<byte[], byte[]> reading = consumer();
    if (!reading.assignment().equals(wanted)) {
      reading.assign(wanted);
      lanes.keySet().retainAll(wanted.stream().map(TopicPartition::topic).toList());
    }
    Map<TopicPartition, Long> ends = reading.endOffsets(wanted, settings.timeout());
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    while (!hasReached(reading, ends)) {
      if (System.nanoTime() > deadline) {
        throw new FreshetException(
            ErrorCategory.UNAVAILABLE, "their ends were not reached in time");
      }
      reading.poll(POLL).forEach(this::take);
    }
  }

  private boolean hasReached(Consumer<byte[], byte[]> reading, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> reading.position(end.getKey(), settings.timeout()) >= end.getValue());
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return;
    }
    try {
      Acknowledgement acknowledgement = PlanCodec.decode(value, Acknowledgement.class);
      lanes
          .computeIfAbsent(record.topic(), topic -> new HashMap<>())
          .computeIfAbsent(acknowledgement.lane(), lane -> new LaneAcknowledgements())
          .add(acknowledgement);
    } catch (JacksonException unreadable) {
      log.error(
          "Cannot read the acknowledgement at offset {} of {}: it counts for nothing",
          record.offset(),
          record.topic(),
          unreadable);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  settings.bootstrapServers(),
                  ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                  "earliest",
                  ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                  false,
                  ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                  false,
                  ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  timeoutMillis),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
    }
    return requireNonNull(consumer);
  }

  private FreshetException unavailable(Exception cause) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot read the acknowledgements of streaming jobs: Kafka at "
            + settings.bootstrapServers()
            + " did not give them within "
            + settings.timeout().toMillis()
            + " ms, they are read when it is up",
        cause);
  }

  @Override
  public void close() {
    lanes.clear();
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
