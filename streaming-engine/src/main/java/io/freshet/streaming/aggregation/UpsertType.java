package io.freshet.streaming.aggregation;

import io.freshet.store.EntityRef;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.streaming.record.Fields;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How rows on their way to the online store travel. */
public final class UpsertType {
  public static final TypeInformation<Upsert> TYPE =
      new RecordType<>(Upsert.class, new Serializer());

  private UpsertType() {}

  /** The entity, the view, the version, the row, the time to live. */
  public static final class Serializer extends ImmutableSerializer<Upsert> {
    @Override
    public void serialize(Upsert upsert, DataOutputView out) throws IOException {
      Fields.putText(out, upsert.entity().project());
      Fields.putText(out, upsert.entity().entity());
      Fields.putBytes(out, upsert.entity().key());
      out.writeInt(upsert.view());
      out.writeInt(upsert.version().epoch());
      out.writeLong(upsert.version().asOfMillis());
      out.writeInt(upsert.version().sequence());
      Fields.putBytes(out, upsert.row());
      out.writeLong(upsert.ttlMillis());
    }

    @Override
    public Upsert deserialize(DataInputView in) throws IOException {
      return new Upsert(
          new EntityRef(
              Fields.takeRequiredText(in),
              Fields.takeRequiredText(in),
              Fields.takeRequiredBytes(in)),
          in.readInt(),
          new Version(in.readInt(), in.readLong(), in.readInt()),
          Fields.takeRequiredBytes(in),
          in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Upsert> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Upsert> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
