package io.freshet.streaming.source;

import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the topic's reader sends: a record, or the notice that a partition is read from now on. */
public sealed interface SourceItem permits KafkaRecord, PartitionAssigned {
  TypeInformation<SourceItem> TYPE = new RecordType<>(SourceItem.class, new Serializer());

  /** A tag, then the fields. */
  final class Serializer extends ImmutableSerializer<SourceItem> {
    private static final byte RECORD = 0;
    private static final byte ASSIGNED = 1;

    @Override
    public void serialize(SourceItem item, DataOutputView out) throws IOException {
      if (item instanceof PartitionAssigned assigned) {
        out.writeByte(ASSIGNED);
        out.writeInt(assigned.partition());
        out.writeLong(assigned.startOffset());
      } else if (item instanceof KafkaRecord record) {
        out.writeByte(RECORD);
        record.put(out);
      }
    }

    @Override
    public SourceItem deserialize(DataInputView in) throws IOException {
      byte tag = in.readByte();
      return switch (tag) {
        case RECORD -> KafkaRecord.take(in);
        case ASSIGNED -> new PartitionAssigned(in.readInt(), in.readLong());
        default -> throw new IOException("Cannot read a source item: unknown tag " + tag);
      };
    }

    @Override
    public TypeSerializerSnapshot<SourceItem> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SourceItem> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
