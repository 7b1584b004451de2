package io.freshet.event;

import io.freshet.plan.AvroFormat;
import io.freshet.plan.SourcePlan;
import org.jspecify.annotations.Nullable;

/** Takes the columns out of messages of one format. Thread-safe. */
interface EventReader {
  /**
   * @return one value a column of the source's schema, in its order, or null
   * @throws RefusedMessageException if the message is not of the format, or a value not of its type
   */
  @Nullable Object[] read(byte[] message);

  /** The reader of a source's format. */
  static EventReader of(SourcePlan source) {
    AvroFormat avro = source.avro();
    return avro == null
        ? new JsonEventReader(source.columns())
        : new AvroEventReader(avro, source.columns());
  }
}
