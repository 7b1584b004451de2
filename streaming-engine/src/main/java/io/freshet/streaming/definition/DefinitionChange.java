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
 * A lane comes, changes or goes, or the source changes.
 *
 * @param lane the lane's number, or {@link io.freshet.plan.SourcePlan#DEFINITION_NUMBER} for the
 *     source
 * @param plan JSON of the lane's or source's plan, or null if the lane goes; for the source, null
 *     says that the job's own plan of it holds
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
public record DefinitionChange(int lane, byte @Nullable [] plan) {
  public static final TypeInformation<DefinitionChange> TYPE =
      new RecordType<>(DefinitionChange.class, new Serializer());

  /** The number, then the plan. */
  public static final class Serializer extends ImmutableSerializer<DefinitionChange> {
    @Override
    public void serialize(DefinitionChange change, DataOutputView out) throws IOException {
      out.writeInt(change.lane);
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
