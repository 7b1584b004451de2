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
 * @param id what copies of the event have in common, or null if it can have none
 */
@SuppressWarnings("ArrayRecordComponent") // Made once an event and view, never compared.
public record ViewEvent(
    ViewKey key,
    long timeMillis,
    @Nullable Object[] inputs,
    @Nullable KafkaRecord origin,
    @Nullable String id) {
  public static final TypeInformation<ViewEvent> TYPE =
      new RecordType<>(ViewEvent.class, new Serializer());

  /** The key, the time, the inputs, then which of origin and id there are, and they. */
  public static final class Serializer extends ImmutableSerializer<ViewEvent> {
    private static final int HAS_ORIGIN = 1;
    private static final int HAS_ID = 2;

    @Override
    public void serialize(ViewEvent event, DataOutputView out) throws IOException {
      event.key.put(out);
      out.writeLong(event.timeMillis);
      Fields.putValues(out, event.inputs);
      out.writeByte((event.origin == null ? 0 : HAS_ORIGIN) | (event.id == null ? 0 : HAS_ID));
      if (event.origin != null) {
        event.origin.put(out);
      }
      if (event.id != null) {
        Fields.putText(out, event.id);
      }
    }

    @Override
    public ViewEvent deserialize(DataInputView in) throws IOException {
      ViewKey key = ViewKey.take(in);
      long timeMillis = in.readLong();
      @Nullable Object[] inputs = Fields.takeValues(in);
      byte has = in.readByte();
      KafkaRecord origin = (has & HAS_ORIGIN) == 0 ? null : KafkaRecord.take(in);
      String id = (has & HAS_ID) == 0 ? null : Fields.takeRequiredText(in);
      return new ViewEvent(key, timeMillis, inputs, origin, id);
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
