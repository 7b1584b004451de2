package io.freshet.streaming.log;

import io.freshet.streaming.record.Fields;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A row on its way to a topic. */
@SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
record LogRecord(String topic, byte[] key, byte[] value) {
  static final TypeInformation<LogRecord> TYPE =
      new RecordType<>(LogRecord.class, new Serializer());

  /** The topic, the key, the value. */
  public static final class Serializer extends ImmutableSerializer<LogRecord> {
    @Override
    public void serialize(LogRecord record, DataOutputView out) throws IOException {
      Fields.putText(out, record.topic);
      Fields.putBytes(out, record.key);
      Fields.putBytes(out, record.value);
    }

    @Override
    public LogRecord deserialize(DataInputView in) throws IOException {
      return new LogRecord(
          Fields.takeRequiredText(in), Fields.takeRequiredBytes(in), Fields.takeRequiredBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<LogRecord> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogRecord> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
