package io.freshet.streaming.source;

import io.freshet.plan.StreamingJobPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Compares positions with the ends of the log. Between the last record and the end there may be
 * markers of transactions, which no reader is given: where a gap remains, one small read from the
 * position tells whether a record is in it.
 */
final class KafkaTopicEnds implements TopicEnds {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration READ_TIMEOUT = Duration.ofMillis(200);
  private static final int READ_BYTES = 4_096;

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  KafkaTopicEnds(StreamingJobPlan plan) {
    this.topic = plan.source().topic();
    this.consumer =
        new KafkaConsumer<>(
            settings(plan), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Set<Integer> exhausted(Map<Integer, Long> positions) {
    Map<TopicPartition, Long> found = new HashMap<>();
    positions.forEach((partition, at) -> found.put(new TopicPartition(topic, partition), at));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(found.keySet(), TIMEOUT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(found.keySet(), TIMEOUT);
    Set<Integer> exhausted = new HashSet<>();
    found.forEach(
        (partition, position) -> {
          Long begin = begins.get(partition);
          Long end = ends.get(partition);
          if (begin != null && end != null) {
            long from = Math.max(position, begin);
            if (from >= end || hasOnlyMarkers(partition, from, end)) {
              exhausted.add(partition.partition());
            }
          }
        });
    return exhausted;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean hasOnlyMarkers(TopicPartition partition, long from, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    boolean empty = consumer.poll(READ_TIMEOUT).isEmpty();
    return empty && consumer.position(partition, TIMEOUT) >= end;
  }

  private static Properties settings(StreamingJobPlan plan) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, plan.bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, READ_BYTES);
    return settings;
  }
}
