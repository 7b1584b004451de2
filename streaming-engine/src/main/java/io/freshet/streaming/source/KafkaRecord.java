package io.freshet.streaming.source;

import io.freshet.streaming.record.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A record of the source's topic, as it was found.
 *
 * @param appendedAtMillis when the broker appended it, or {@link #NOT_STAMPED} where the topic
 *     carries the producer's time
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
public record KafkaRecord(
    int partition,
    long offset,
    long appendedAtMillis,
    byte @Nullable [] key,
    byte @Nullable [] value)
    implements SourceItem {
  public static final long NOT_STAMPED = -1;

  static KafkaRecord of(ConsumerRecord<byte[], byte[]> found) {
    return new KafkaRecord(
        found.partition(),
        found.offset(),
        found.timestampType() == TimestampType.LOG_APPEND_TIME ? found.timestamp() : NOT_STAMPED,
        found.key(),
        found.value());
  }

  /** When it arrived; where nobody stamped that, it is now. */
  long arrivalMillis(long nowMillis) {
    return appendedAtMillis == NOT_STAMPED ? nowMillis : appendedAtMillis;
  }

  void put(DataOutputView out) throws IOException {
    out.writeInt(partition);
    out.writeLong(offset);
    out.writeLong(appendedAtMillis);
    Fields.putBytes(out, key);
    Fields.putBytes(out, value);
  }

  static KafkaRecord take(DataInputView in) throws IOException {
    return new KafkaRecord(
        in.readInt(), in.readLong(), in.readLong(), Fields.takeBytes(in), Fields.takeBytes(in));
  }
}
