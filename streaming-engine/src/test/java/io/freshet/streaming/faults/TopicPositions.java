package io.freshet.streaming.faults;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records of a topic there are, and how many of them a job's checkpoint covers. */
record TopicPositions(String bootstrapServers, String topic, int partitions, String group) {
  /** All records. */
  long end() throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    try (Admin admin = admin()) {
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(found -> found.offset())
          .sum();
    }
  }

  /** Those before the newest checkpoint: Flink commits its offsets once it is complete. */
  long checkpointed() throws Exception {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(committed -> committed.getKey().topic().equals(topic))
          .mapToLong(committed -> committed.getValue().offset())
          .sum();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }
}
