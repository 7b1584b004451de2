package io.freshet.streaming.aggregation;

import io.freshet.handover.HandOver;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What reaches the tiles beside events: definitions, and the histories that lanes begin with. */
sealed interface ControlItem {
  TypeInformation<ControlItem> TYPE = new RecordType<>(ControlItem.class, new Serializer());

  /** A lane comes, changes or goes, or the source changes; for every subtask. */
  record Definition(DefinitionChange change) implements ControlItem {}

  /**
   * A record of a hand-over, for the subtask that has a key group. That a lane's histories were all
   * sent comes once for each key group, behind the group's histories.
   */
  record HandedOver(int keyGroup, HandOver record) implements ControlItem {}

  /** A tag, then the change; or the key group and the record in the form of its topic. */
  final class Serializer extends ImmutableSerializer<ControlItem> {
    private static final byte DEFINITION = 0;
    private static final byte HANDED_OVER = 1;

    private final DefinitionChange.Serializer changes = new DefinitionChange.Serializer();

    @Override
    public void serialize(ControlItem item, DataOutputView out) throws IOException {
      if (item instanceof Definition definition) {
        out.writeByte(DEFINITION);
        changes.serialize(definition.change, out);
      } else if (item instanceof HandedOver handedOver) {
        out.writeByte(HANDED_OVER);
        out.writeInt(handedOver.keyGroup);
        byte[] record = HandOver.encode(handedOver.record);
        out.writeInt(record.length);
        out.write(record);
      }
    }

    @Override
    public ControlItem deserialize(DataInputView in) throws IOException {
      byte tag = in.readByte();
      if (tag == DEFINITION) {
        return new Definition(changes.deserialize(in));
      }
      if (tag != HANDED_OVER) {
        throw new IOException("Cannot read a control item: unknown tag " + tag);
      }
      int keyGroup = in.readInt();
      byte[] record = new byte[in.readInt()];
      in.readFully(record);
      return new HandedOver(keyGroup, HandOver.decode(record));
    }

    @Override
    public TypeSerializerSnapshot<ControlItem> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ControlItem> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
