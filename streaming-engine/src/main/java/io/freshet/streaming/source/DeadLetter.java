package io.freshet.streaming.source;

import io.freshet.event.Rejection;
import io.freshet.streaming.record.Fields;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used.
 *
 * @param view the name of the view that could not use it, or null if none can
 */
public record DeadLetter(KafkaRecord record, Rejection rejection, @Nullable String view) {
  public static final TypeInformation<DeadLetter> TYPE =
      new RecordType<>(DeadLetter.class, new Serializer());

  /** The side output of the operators that refuse records. */
  public static final OutputTag<DeadLetter> OUTPUT = new OutputTag<>("dead-letters", TYPE);

  /** The metric that counts them. */
  public static final String COUNTER = "deadLetters";

  /** The record, then the rejection, then the view. */
  public static final class Serializer extends ImmutableSerializer<DeadLetter> {
    @Override
    public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
      letter.record.put(out);
      Fields.putText(out, letter.rejection.kind().name());
      Fields.putText(out, letter.rejection.reason());
      Fields.putText(out, letter.view);
    }

    @Override
    public DeadLetter deserialize(DataInputView in) throws IOException {
      KafkaRecord record = KafkaRecord.take(in);
      Rejection.Kind kind = Rejection.Kind.valueOf(Fields.takeRequiredText(in));
      Rejection rejection = new Rejection(kind, Fields.takeRequiredText(in));
      return new DeadLetter(record, rejection, Fields.takeText(in));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
