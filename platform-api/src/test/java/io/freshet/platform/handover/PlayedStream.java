package io.freshet.platform.handover;

import static java.util.Objects.requireNonNull;

import io.freshet.handover.Acknowledgement;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the streaming job of a source does to be seen by the control plane. */
final class PlayedStream implements AutoCloseable {
  private final String bootstrapServers;
  private final String topics;
  private final KafkaProducer<String, byte[]> producer;

  PlayedStream(String bootstrapServers, String project) {
    this.bootstrapServers = bootstrapServers;
    this.topics = "freshet." + project + ".departures.";
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  void cut(int lane, int partition, long offset) {
    send(new Acknowledgement.Cut(lane, partition, offset));
  }

  /** Says where a lane begins in both partitions of the topic. */
  void cutAt(int lane, long first, long second) {
    cut(lane, 0, first);
    cut(lane, 1, second);
  }

  void settled(int lane, int subtask, int parallelism) {
    send(new Acknowledgement.Settled(lane, subtask, parallelism));
  }

  private void send(Acknowledgement acknowledgement) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topics + "acknowledgements", acknowledgement.key(), PlanCodec.encode(acknowledgement));
    try {
      producer.send(record).get();
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What the definitions topic says of each lane: empty if it has ended. */
  Map<Integer, Optional<ViewPlan>> definitions() {
    TopicPartition partition = new TopicPartition(topics + "definitions", 0);
    Map<Integer, Optional<ViewPlan>> lanes = new TreeMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          if (!record.key().equals("0")) {
            lanes.put(
                Integer.valueOf(record.key()),
                Optional.ofNullable(record.value())
                    .map(json -> PlanCodec.decode(json, ViewPlan.class)));
          }
        }
      }
    }
    return lanes;
  }

  @Override
  public void close() {
    producer.close();
  }
}
