package io.freshet.batch;

import io.freshet.plan.AvroFormat;
import io.freshet.plan.AvroFormat.Encoding;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/** The flights of a source in Avro: origin and delay are nested. */
final class Visits {
  static final String EARLIER =
      """
      {"type": "record", "name": "Departure", "fields": [
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "origin", "type": "string"}]}
      """;

  static final String SCHEMA =
      """
      {"type": "record", "name": "Departure", "fields": [
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "origin", "type": "string"},
        {"name": "delays", "default": null, "type": ["null", {"type": "record", "name": "Delays",
         "fields": [{"name": "departure", "type": "int"}]}]}]}
      """;

  private Visits() {}

  /** A source whose events are of the earlier schema. */
  static SourcePlan earlier(String name) {
    return source(
        name,
        List.of(
            Column.required("at", ValueType.TIMESTAMP),
            Column.required("origin", ValueType.STRING)),
        new AvroFormat(EARLIER, Encoding.SINGLE_OBJECT, List.of()));
  }

  /** The same source with a delay. */
  static SourcePlan withDelay(String name) {
    return source(
        name,
        List.of(
            Column.required("at", ValueType.TIMESTAMP),
            Column.required("origin", ValueType.STRING),
            Column.optional("delay", ValueType.INT64).at("delays.departure")),
        new AvroFormat(SCHEMA, Encoding.SINGLE_OBJECT, List.of(EARLIER)));
  }

  static byte[] event(Instant at, String origin) {
    GenericRecord event = new GenericData.Record(parse(EARLIER));
    event.put("at", at.toEpochMilli());
    event.put("origin", origin);
    return encode(event);
  }

  static byte[] event(Instant at, String origin, int delay) {
    Schema schema = parse(SCHEMA);
    GenericRecord delays =
        new GenericData.Record(schema.getField("delays").schema().getTypes().get(1));
    delays.put("departure", delay);
    GenericRecord event = new GenericData.Record(schema);
    event.put("at", at.toEpochMilli());
    event.put("origin", origin);
    event.put("delays", delays);
    return encode(event);
  }

  private static SourcePlan source(String name, List<Column> columns, AvroFormat format) {
    SourcePlan plain = Flights.source(name);
    return new SourcePlan(
        plain.project(),
        plain.name(),
        columns,
        plain.eventTime(),
        plain.topic(),
        plain.maxDisorderMillis(),
        plain.maxFutureMillis(),
        format,
        null);
  }

  private static Schema parse(String json) {
    return new SchemaParser().parse(json).mainSchema();
  }

  private static byte[] encode(GenericRecord event) {
    try {
      ByteBuffer message =
          new BinaryMessageEncoder<GenericRecord>(new GenericData(), event.getSchema())
              .encode(event);
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
