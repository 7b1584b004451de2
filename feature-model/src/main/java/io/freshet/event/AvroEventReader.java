package io.freshet.event;

import io.freshet.avro.AvroColumn;
import io.freshet.avro.AvroSchemas;
import io.freshet.plan.AvroFormat;
import io.freshet.value.Column;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Reads Avro records. */
final class AvroEventReader implements EventReader {
  private static final char REPLACEMENT = '\uFFFD';
  private static final long MICROS_A_MILLI = 1000;

  private final AvroRecords records;
  private final AvroColumn[] columns;

  AvroEventReader(AvroFormat format, List<Column> columns) {
    Schema schema = AvroSchemas.parse(format.schema());
    this.records = new AvroRecords(format);
    this.columns =
        columns.stream().map(column -> AvroColumn.bind(column, schema)).toArray(AvroColumn[]::new);
  }

  @Override
  public @Nullable Object[] read(byte[] message) {
    GenericRecord event = records.read(message);
    @Nullable Object[] values = new @Nullable Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      Object found = columns[i].in(event);
      values[i] = found == null ? null : value(columns[i], found);
    }
    return values;
  }

  private static Object value(AvroColumn column, Object found) {
    Object value =
        switch (column.form()) {
          case INTEGER -> number(found).longValue();
          case REAL -> ValueRules.finite(number(found).doubleValue());
          case TEXT -> text(found);
          case TRUTH -> found;
          case MILLIS -> ValueRules.plausible(Instant.ofEpochMilli(number(found).longValue()));
          case MICROS ->
              ValueRules.plausible(
                  Instant.ofEpochMilli(Math.floorDiv(number(found).longValue(), MICROS_A_MILLI)));
          case WRITTEN -> ValueRules.fromText(column.column().type(), found.toString());
        };
    if (value == null) {
      throw found instanceof CharSequence text
          ? RefusedMessageException.wrongText(column.column(), text.toString())
          : RefusedMessageException.wrongType(column.column(), found.toString());
    }
    return value;
  }

  private static Number number(Object found) {
    return (Number) found;
  }

  private static @Nullable String text(Object found) {
    String text = found.toString();
    boolean doubtful = text.indexOf(REPLACEMENT) >= 0;
    return doubtful && found instanceof Utf8 utf8 && !isWellFormed(utf8) ? null : text;
  }

  private static boolean isWellFormed(Utf8 text) {
    try {
      var unused =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(text.getBytes(), 0, text.getByteLength()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
