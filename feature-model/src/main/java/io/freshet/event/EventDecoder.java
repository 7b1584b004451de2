package io.freshet.event;

import io.freshet.event.Rejection.Kind;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.Column.Presence;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON events of a source. A column's value must be of its type: an integer for int64, a
 * number for float64, a string, a boolean; a timestamp is an ISO-8601 date and time with an offset
 * or an integer of milliseconds since the epoch, of the years 1 to 9999. Numbers must be finite and
 * text must have a UTF-8 form. Members that the schema does not name are passed over; of members
 * with the same name the last one counts. Thread-safe.
 */
public final class EventDecoder {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int SHOWN_CHARACTERS = 100;

  private final JsonFactory json = new JsonFactory();
  private final List<Column> columns;
  private final Map<String, Integer> columnIndex = new HashMap<>();
  private final int eventTimeColumn;
  private final long maxFutureMillis;

  public EventDecoder(SourcePlan source) {
    this.columns = source.columns();
    for (int i = 0; i < columns.size(); i++) {
      columnIndex.put(columns.get(i).name(), i);
    }
    this.eventTimeColumn = source.columnIndex(source.eventTime());
    this.maxFutureMillis = source.maxFutureMillis();
  }

  /**
   * @param message one JSON object, UTF-8; null (a tombstone) is no event
   * @param arrivalMillis when it arrived, which bounds how late it may be dated
   */
  public Decoded decode(byte @Nullable [] message, long arrivalMillis) {
    if (message == null) {
      return new Rejection(Kind.MALFORMED, "Cannot read the event: the record has no value");
    }
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), message)) {
      return decode(parser, arrivalMillis);
    } catch (WrongTypeException e) {
      return new Rejection(Kind.WRONG_TYPE, e.reason);
    } catch (JacksonException e) {
      return new Rejection(
          Kind.MALFORMED,
          "Cannot read the event: not valid JSON, " + shown(e.getOriginalMessage()));
    }
  }

  private Decoded decode(JsonParser parser, long arrivalMillis) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return new Rejection(Kind.MALFORMED, "Cannot read the event: it is not a JSON object");
    }
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Integer index = columnIndex.get(parser.currentName());
      JsonToken token = parser.nextToken();
      if (index == null) {
        parser.skipChildren();
      } else {
        values[index] = value(parser, token, columns.get(index));
      }
    }
    if (parser.nextToken() != null) {
      return new Rejection(Kind.MALFORMED, "Cannot read the event: data after the JSON object");
    }
    return checked(values, arrivalMillis);
  }

  private Decoded checked(@Nullable Object[] values, long arrivalMillis) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && columns.get(i).presence() == Presence.REQUIRED) {
        return new Rejection(
            Kind.MISSING_COLUMN,
            "Cannot use the event: required column "
                + columns.get(i).name()
                + " is missing or null, send it or declare it optional");
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

  private static @Nullable Object value(JsonParser parser, JsonToken token, Column column) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    Object value =
        switch (column.type()) {
          case INT64 -> token == JsonToken.VALUE_NUMBER_INT ? integer(parser, column) : null;
          case FLOAT64 -> token.isNumeric() ? finite(parser.getDoubleValue()) : null;
          case STRING -> token == JsonToken.VALUE_STRING ? wellFormed(parser.getString()) : null;
          case BOOLEAN -> token.isBoolean() ? (Object) parser.getBooleanValue() : null;
          case TIMESTAMP -> timestamp(parser, token, column);
        };
    if (value == null) {
      throw new WrongTypeException(column, parser.getString());
    }
    return value;
  }

  private static @Nullable Object finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Half of a surrogate pair has no UTF-8 form: two such texts would be one in a row or key. */
  private static @Nullable String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
          return null;
        }
        i++;
      }
    }
    return text;
  }

  private static Object integer(JsonParser parser, Column column) {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new WrongTypeException(column, parser.getString());
    }
    return parser.getLongValue();
  }

  private static @Nullable Object timestamp(JsonParser parser, JsonToken token, Column column) {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return plausible(Instant.ofEpochMilli((Long) integer(parser, column)));
    }
    if (token != JsonToken.VALUE_STRING) {
      return null;
    }
    try {
      Instant exact = OffsetDateTime.parse(parser.getString()).toInstant();
      return plausible(exact.truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Instant plausible(Instant time) {
    return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  /** Leaves the parse loop; never leaves this class. */
  private static final class WrongTypeException extends RuntimeException {
    private final String reason;

    WrongTypeException(Column column, String value) {
      super(null, null, false, false);
      this.reason =
          "Cannot use the event: column %s must be of type %s but is %s"
              .formatted(column.name(), column.type().wireName(), shown(value));
    }
  }
}
