package io.freshet.streaming.sink;

import io.freshet.plan.SourcePlan;
import io.freshet.streaming.source.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a record: key and value as they were found, and headers (UTF-8 text) that say
 * where that was and why it was refused.
 */
final class DeadLetterRecords implements KafkaRecordSerializationSchema<DeadLetter> {
  private final String deadLetterTopic;
  private final String topic;

  DeadLetterRecords(SourcePlan source) {
    this.deadLetterTopic = source.deadLetterTopic();
    this.topic = source.topic();
  }

  /** Not stamped with the event's time: the broker's retention would delete it by that. */
  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(deadLetterTopic, letter.record().key(), letter.record().value());
    put(record, "freshet-topic", topic);
    put(record, "freshet-partition", Integer.toString(letter.record().partition()));
    put(record, "freshet-offset", Long.toString(letter.record().offset()));
    put(record, "freshet-kind", letter.rejection().kind().name());
    put(record, "freshet-reason", letter.rejection().reason());
    String view = letter.view();
    if (view != null) {
      put(record, "freshet-view", view);
    }
    return record;
  }

  private static void put(ProducerRecord<byte[], byte[]> record, String name, String text) {
    record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
