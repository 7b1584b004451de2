package io.freshet.batch;

import io.freshet.handover.HandOver;
import io.freshet.handover.HandOver.AllKeys;
import io.freshet.handover.HandOver.KeyHistory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a hand-over topic has, decoded, in its order.
 *
 * @param bytes of the records
 */
record HandedOver(List<HandOver> records, List<ByteBuffer> bytes) {
  static HandedOver read(String bootstrapServers, String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    TopicPartition partition = new TopicPartition(topic, 0);
    List<HandOver> records = new ArrayList<>();
    List<ByteBuffer> bytes = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (consumer.partitionsFor(topic).size() != 1) {
        throw new AssertionError(topic + " should have one partition");
      }
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          records.add(checked(record));
          bytes.add(ByteBuffer.wrap(record.value()));
        }
      }
    }
    return new HandedOver(records, bytes);
  }

  private static HandOver checked(ConsumerRecord<byte[], byte[]> record) {
    HandOver decoded = HandOver.decode(record.value());
    ByteBuffer key = record.key() == null ? null : ByteBuffer.wrap(record.key());
    ByteBuffer entity =
        decoded instanceof KeyHistory history ? ByteBuffer.wrap(history.entity()) : null;
    if (key == null ? entity != null : !key.equals(entity)) {
      throw new AssertionError("the record's key should be the entity: " + decoded);
    }
    return decoded;
  }

  /** The histories of a lane, by entity; of one that was sent twice the last. */
  Map<ByteBuffer, KeyHistory> histories(int lane) {
    Map<ByteBuffer, KeyHistory> histories = new HashMap<>();
    of(lane)
        .flatMap(record -> record instanceof KeyHistory one ? Stream.of(one) : Stream.empty())
        .forEach(history -> histories.put(ByteBuffer.wrap(history.entity()), history));
    return histories;
  }

  /** Whether the last record of a lane says that those were all. */
  boolean isComplete(int lane) {
    return of(lane).reduce((earlier, later) -> later).stream().anyMatch(AllKeys.class::isInstance);
  }

  private Stream<HandOver> of(int lane) {
    return records.stream().filter(record -> record.lane() == lane);
  }
}
