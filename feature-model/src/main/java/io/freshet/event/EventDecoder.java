package io.freshet.event;

import io.freshet.event.Rejection.Kind;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.Column.Presence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a source. A column's value must be of its type: an integer for int64, a
 * number for float64, a string, a boolean; a timestamp is an ISO-8601 date and time with an offset
 * or an integer of milliseconds since the epoch, of the years 1 to 9999, in Avro what {@link
 * io.freshet.avro.AvroColumn} says. Where the column is declared so, the value may also be written
 * as text. Numbers must be finite and text must have a UTF-8 form. What the schema does not name is
 * passed over. Thread-safe.
 */
public final class EventDecoder {
  private final EventReader reader;
  private final List<Column> columns;
  private final int eventTimeColumn;
  private final long maxFutureMillis;

  public EventDecoder(SourcePlan source) {
    this.reader = EventReader.of(source);
    this.columns = source.columns();
    this.eventTimeColumn = source.columnIndex(source.eventTime());
    this.maxFutureMillis = source.maxFutureMillis();
  }

  /**
   * @param message one event in the source's format; null (a tombstone) is no event
   * @param arrivalMillis when it arrived, which bounds how late it may be dated
   */
  public Decoded decode(byte @Nullable [] message, long arrivalMillis) {
    if (message == null) {
      return new Rejection(Kind.MALFORMED, "Cannot read the event: the record has no value");
    }
    try {
      return checked(reader.read(message), arrivalMillis);
    } catch (RefusedMessageException e) {
      return e.rejection();
    }
  }

  private Decoded checked(@Nullable Object[] values, long arrivalMillis) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && columns.get(i).presence() == Presence.REQUIRED) {
        return missing(columns.get(i));
      }
    }
    if (!(values[eventTimeColumn] instanceof Instant eventTime)) {
      throw new IllegalStateException("the event-time column is a required timestamp");
    }
    long timeMillis = eventTime.toEpochMilli();
    if (timeMillis > arrivalMillis + maxFutureMillis) {
      return new Rejection(
          Kind.FUTURE,
          "Cannot use the event: its time "
              + eventTime
              + " is more than "
              + maxFutureMillis
              + " ms after its arrival at "
              + Instant.ofEpochMilli(arrivalMillis)
              + ", correct the producer's clock");
    }
    return new Event(timeMillis, values);
  }

  private static Rejection missing(Column column) {
    return new Rejection(
        Kind.MISSING_COLUMN,
        "Cannot use the event: required column "
            + column.name()
            + " is missing or null, send it or declare it optional");
  }
}
