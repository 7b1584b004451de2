package io.freshet.streaming.source;

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
 * What one view takes from one event.
 *
 * @param timeMillis the event time
 * @param inputs one value an input of the view, or null
 * @param origin the event's record, where the event may turn out to be late; null where it cannot
 */
@SuppressWarnings("ArrayRecordComponent") // Made once an event and view, never compared.
public record ViewEvent(
    ViewKey key, long timeMillis, @Nullable Object[] inputs, @Nullable KafkaRecord origin) {
  public static final TypeInformation<ViewEvent> TYPE =
      new RecordType<>(ViewEvent.class, new Serializer());

  /** The key, the time, the inputs, then whether there is an origin, and it. */
  public static final class Serializer extends ImmutableSerializer<ViewEvent> {
    @Override
    public void serialize(ViewEvent event, DataOutputView out) throws IOException {
      event.key.put(out);
      out.writeLong(event.timeMillis);
      Fields.putValues(out, event.inputs);
      out.writeBoolean(event.origin != null);
      if (event.origin != null) {
        event.origin.put(out);
      }
    }

    @Override
    public ViewEvent deserialize(DataInputView in) throws IOException {
      return new ViewEvent(
          ViewKey.take(in),
          in.readLong(),
          Fields.takeValues(in),
          in.readBoolean() ? KafkaRecord.take(in) : null);
    }

    @Override
    public TypeSerializerSnapshot<ViewEvent> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ViewEvent> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
