package io.freshet.event;

import io.freshet.value.Column;
import io.freshet.value.Column.Coercion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON objects in UTF-8. Members that no column needs are passed over; of members with the
 * same name the last one counts. Where an object that columns are below is null, missing or no
 * object, so are they.
 */
final class JsonEventReader implements EventReader {
  private final JsonFactory json = new JsonFactory();
  private final List<Column> columns;
  private final PathTree root;

  JsonEventReader(List<Column> columns) {
    this.columns = columns;
    this.root = PathTree.of(columns);
  }

  @Override
  public @Nullable Object[] read(byte[] message) {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedMessageException.malformed("it is not a JSON object");
      }
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      readObject(parser, root, values);
      if (parser.nextToken() != null) {
        throw RefusedMessageException.malformed("data after the JSON object");
      }
      return values;
    } catch (JacksonException e) {
      throw RefusedMessageException.malformed("not valid JSON, " + e.getOriginalMessage());
    }
  }

  private void readObject(JsonParser parser, PathTree object, @Nullable Object[] values) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      PathTree field = object.field(parser.currentName());
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (field.isColumn()) {
        values[field.column()] = value(parser, token, columns.get(field.column()));
      } else {
        field.clear(values);
        if (token == JsonToken.START_OBJECT) {
          readObject(parser, field, values);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, Column column) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    Object value =
        switch (column.type()) {
          case INT64 -> token == JsonToken.VALUE_NUMBER_INT ? integer(parser, column) : null;
          case FLOAT64 -> token.isNumeric() ? ValueRules.finite(parser.getDoubleValue()) : null;
          case STRING ->
              token == JsonToken.VALUE_STRING ? ValueRules.wellFormed(parser.getString()) : null;
          case BOOLEAN -> token.isBoolean() ? (Object) parser.getBooleanValue() : null;
          case TIMESTAMP -> timestamp(parser, token, column);
        };
    return value == null ? coerced(parser, token, column) : value;
  }

  private static Object coerced(JsonParser parser, JsonToken token, Column column) {
    if (token != JsonToken.VALUE_STRING) {
      throw RefusedMessageException.wrongType(column, parser.getString());
    }
    String text = parser.getString();
    Object value =
        column.coercion() == Coercion.FROM_TEXT ? ValueRules.fromText(column.type(), text) : null;
    if (value == null) {
      throw RefusedMessageException.wrongText(column, text);
    }
    return value;
  }

  private static Object integer(JsonParser parser, Column column) {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw RefusedMessageException.wrongType(column, parser.getString());
    }
    return parser.getLongValue();
  }

  private static @Nullable Object timestamp(JsonParser parser, JsonToken token, Column column) {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return ValueRules.plausible(Instant.ofEpochMilli((Long) integer(parser, column)));
    }
    return token == JsonToken.VALUE_STRING ? ValueRules.isoTimestamp(parser.getString()) : null;
  }
}
