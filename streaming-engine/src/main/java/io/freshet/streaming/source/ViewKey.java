package io.freshet.streaming.source;

import io.freshet.streaming.record.Fields;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What state is partitioned by.
 *
 * @param lane the computation of a view that the state belongs to
 * @param entity the canonical bytes of the entity's join keys; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content below.
public record ViewKey(int lane, byte[] entity) {
  public static final TypeInformation<ViewKey> TYPE =
      new RecordType<>(ViewKey.class, new Serializer());

  @Override
  public boolean equals(Object other) {
    return other instanceof ViewKey that && lane == that.lane && Arrays.equals(entity, that.entity);
  }

  /** The same in every JVM: it decides which subtask has the key. */
  @Override
  public int hashCode() {
    return 31 * lane + Arrays.hashCode(entity);
  }

  void put(DataOutputView out) throws IOException {
    out.writeInt(lane);
    Fields.putBytes(out, entity);
  }

  static ViewKey take(DataInputView in) throws IOException {
    return new ViewKey(in.readInt(), Fields.takeRequiredBytes(in));
  }

  /** The lane, then the bytes. */
  public static final class Serializer extends ImmutableSerializer<ViewKey> {
    @Override
    public void serialize(ViewKey key, DataOutputView out) throws IOException {
      key.put(out);
    }

    @Override
    public ViewKey deserialize(DataInputView in) throws IOException {
      return take(in);
    }

    @Override
    public TypeSerializerSnapshot<ViewKey> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ViewKey> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
