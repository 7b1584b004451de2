package io.freshet.streaming.definition;

import io.freshet.streaming.record.Fields;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A view comes, changes or goes.
 *
 * @param view the number of the view's version
 * @param plan JSON of a view plan that can be run, or null if the view goes
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
public record DefinitionChange(int view, byte @Nullable [] plan) {
  public static final TypeInformation<DefinitionChange> TYPE =
      new RecordType<>(DefinitionChange.class, new Serializer());

  /** The number, then the plan. */
  public static final class Serializer extends ImmutableSerializer<DefinitionChange> {
    @Override
    public void serialize(DefinitionChange change, DataOutputView out) throws IOException {
      out.writeInt(change.view);
      Fields.putBytes(out, change.plan);
    }

    @Override
    public DefinitionChange deserialize(DataInputView in) throws IOException {
      return new DefinitionChange(in.readInt(), Fields.takeBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<DefinitionChange> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DefinitionChange> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
