package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.avro.AvroSchemas;
import io.freshet.event.Rejection.Kind;
import io.freshet.plan.AvroFormat;
import io.freshet.plan.AvroFormat.Encoding;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroEventsTest {
  private static final Instant ARRIVAL = Instant.parse("2026-01-05T12:00:00Z");

  private static final String EARLIER =
      """
      {"type": "record", "name": "Visit", "namespace": "shop", "fields": [
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "old", "type": {"type": "array", "items": "string"}, "default": []},
        {"name": "count", "type": "int"}]}
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Visit", "namespace": "shop", "fields": [
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}],
         "default": null},
        {"name": "plain", "type": ["null", "long"], "default": null},
        {"name": "count", "type": "long"},
        {"name": "share", "type": "float", "default": 0.5},
        {"name": "vip", "type": "boolean", "default": false},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["WEB", "APP"]},
         "default": "WEB"},
        {"name": "amount", "type": {"type": "string", "avro.java.string": "String"},
         "default": "7"},
        {"name": "user", "default": null, "type": ["null", {"type": "record", "name": "User",
         "fields": [{"name": "address", "type": {"type": "record", "name": "Address", "fields": [
           {"name": "city", "type": ["string", "null"]}]}}]}]},
        {"name": "tags", "type": {"type": "map", "values": "bytes"}, "default": {}}]}
      """;

  private static final List<Column> COLUMNS =
      List.of(
          Column.required("at", ValueType.TIMESTAMP),
          Column.optional("seen", ValueType.TIMESTAMP),
          Column.optional("plain", ValueType.TIMESTAMP),
          Column.required("n", ValueType.INT64).at("count"),
          Column.required("share", ValueType.FLOAT64),
          Column.required("vip", ValueType.BOOLEAN),
          Column.required("kind", ValueType.STRING),
          Column.required("amount", ValueType.INT64).fromText(),
          Column.optional("city", ValueType.STRING).at("user.address.city"));

  private static final Schema PARSED = AvroSchemas.parse(SCHEMA);

  private final EventDecoder singleObject = decoder(Encoding.SINGLE_OBJECT, List.of(EARLIER));
  private final EventDecoder binary = decoder(Encoding.BINARY, List.of());

  @Test
  void columnsAreTakenFromARecordOfEitherEncoding() {
    GenericRecord full = visit(event -> {});
    Object[] values = {
      Instant.ofEpochMilli(5),
      Instant.ofEpochMilli(-1),
      Instant.ofEpochMilli(7),
      9L,
      (double) 0.25f,
      true,
      "APP",
      42L,
      "Ulm"
    };

    assertThat(valuesOf(singleObject, withHeader(full))).containsExactly(values);
    assertThat(valuesOf(binary, bare(full))).containsExactly(values);
  }

  @Test
  void nullOnTheWayIsNull() {
    assertThat(valuesOf(binary, bare(visit(event -> event.put("user", null))))[8]).isNull();
    assertThat(valuesOf(binary, bare(visit(event -> address(event).put("city", null))))[8])
        .isNull();
  }

  @Test
  void anEarlierSchemaIsReadWithTheDefaultsOfTheSchema() {
    Schema earlier = AvroSchemas.parse(EARLIER);
    GenericRecord event =
        new GenericRecordBuilder(earlier)
            .set("at", 5L)
            .set("old", List.of("x", "y"))
            .set("count", 3)
            .build();

    assertThat(valuesOf(singleObject, withHeader(event)))
        .containsExactly(Instant.ofEpochMilli(5), null, null, 3L, 0.5, false, "WEB", 7L, null);
  }

  @Test
  void anUnknownSchemaIsNamedByItsFingerprint() {
    EventDecoder current = decoder(Encoding.SINGLE_OBJECT, List.of());
    GenericRecord event =
        new GenericRecordBuilder(AvroSchemas.parse(EARLIER)).set("at", 5L).set("count", 3).build();

    Rejection rejection = rejection(current, withHeader(event));

    assertThat(rejection.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(rejection.reason()).contains("fingerprint ", "earlierSchemas");
  }

  @Test
  void whatIsNotOneRecordIsMalformed() {
    byte[] valid = withHeader(visit(event -> {}));
    byte[] longer = ByteBuffer.allocate(valid.length + 1).put(valid).array();
    byte[] shorter = ByteBuffer.allocate(valid.length - 3).put(valid, 0, valid.length - 3).array();
    byte[] header = {(byte) 0xC3, 1};

    assertThat(rejection(singleObject, bare(visit(event -> {}))).reason())
        .contains("no header of Avro's single-object encoding");
    assertThat(rejection(singleObject, header).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(rejection(singleObject, new byte[0]).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(rejection(singleObject, longer).reason()).contains("data after the record");
    assertThat(rejection(singleObject, shorter).reason())
        .startsWith("Cannot read the event: not Avro of record shop.Visit, ");
    assertThat(rejection(binary, new byte[0]).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(rejection(binary, null).kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void valuesFollowTheRulesOfJson() {
    assertWrongType("share", event -> event.put("share", Float.NaN));
    assertWrongType("share", event -> event.put("share", Float.POSITIVE_INFINITY));
    assertWrongType("at", event -> event.put("at", Long.MAX_VALUE));
    assertWrongType("seen", event -> event.put("seen", Long.MIN_VALUE));
    assertWrongType("amount", event -> event.put("amount", "7.5"));
    assertWrongType(
        "city",
        event -> address(event).put("city", new Utf8(new byte[] {'a', (byte) 0xED, (byte) 0xA0})));
    assertThat(valuesOf(binary, bare(visit(e -> address(e).put("city", "a\uFFFDb"))))[8])
        .isEqualTo("a\uFFFDb");
    assertThat(rejection(binary, bare(visit(e -> e.put("at", ARRIVAL.toEpochMilli() + 60_001)))))
        .extracting(Rejection::kind)
        .isEqualTo(Kind.FUTURE);
  }

  @Test
  void whateverBytesComeAreAnsweredWithoutAnError() {
    GenericRecord earlier =
        new GenericRecordBuilder(AvroSchemas.parse(EARLIER))
            .set("at", 5L)
            .set("old", List.of("x", "y"))
            .set("count", 3)
            .build();
    byte[][] valid = {withHeader(visit(event -> {})), withHeader(earlier)};
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] message = valid[random.nextInt(2)].clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        message[10 + random.nextInt(message.length - 10)] = (byte) random.nextInt();
      }

      assertThat(singleObject.decode(message, ARRIVAL.toEpochMilli()))
          .as("seed %d", seed)
          .isNotNull();
    }
  }

  private void assertWrongType(String column, Consumer<GenericRecord> change) {
    Rejection rejection = rejection(binary, bare(visit(change)));

    assertThat(rejection.kind()).isEqualTo(Kind.WRONG_TYPE);
    assertThat(rejection.reason()).startsWith("Cannot use the event: column " + column);
  }

  private static EventDecoder decoder(Encoding encoding, List<String> earlier) {
    return new EventDecoder(
        new SourcePlan(
            "p",
            "s",
            COLUMNS,
            "at",
            "p.s",
            2000,
            60_000,
            new AvroFormat(SCHEMA, encoding, earlier),
            null));
  }

  private static GenericRecord visit(Consumer<GenericRecord> change) {
    GenericRecord event = new GenericData.Record(PARSED);
    GenericRecord user = new GenericData.Record(PARSED.getField("user").schema().getTypes().get(1));
    GenericRecord address = new GenericData.Record(user.getSchema().getField("address").schema());
    address.put("city", "Ulm");
    user.put("address", address);
    event.put("at", 5L);
    event.put("seen", -500L);
    event.put("plain", 7L);
    event.put("count", 9L);
    event.put("share", 0.25f);
    event.put("vip", true);
    event.put("kind", new GenericData.EnumSymbol(PARSED.getField("kind").schema(), "APP"));
    event.put("amount", "42");
    event.put("user", user);
    event.put("tags", java.util.Map.of("a", ByteBuffer.wrap(new byte[] {1, 2})));
    change.accept(event);
    return event;
  }

  private static GenericRecord address(GenericRecord event) {
    return (GenericRecord) ((GenericRecord) event.get("user")).get("address");
  }

  private static byte[] withHeader(GenericRecord event) {
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

  private static byte[] bare(GenericRecord event) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object[] valuesOf(EventDecoder decoder, byte[] message) {
    Decoded decoded = decoder.decode(message, ARRIVAL.toEpochMilli());
    assertThat(decoded).isInstanceOf(Event.class);
    return ((Event) decoded).values();
  }

  private static Rejection rejection(EventDecoder decoder, byte @Nullable [] message) {
    Decoded decoded = decoder.decode(message, ARRIVAL.toEpochMilli());
    assertThat(decoded).isInstanceOf(Rejection.class);
    return (Rejection) decoded;
  }
}
