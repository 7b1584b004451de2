package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Rejection.Kind;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final Instant ARRIVAL = Instant.parse("2026-01-05T12:00:00Z");
  private static final SourcePlan SOURCE =
      new SourcePlan(
          "p",
          "s",
          List.of(
              Column.required("at", ValueType.TIMESTAMP),
              Column.required("key", ValueType.STRING),
              Column.optional("n", ValueType.INT64),
              Column.optional("x", ValueType.FLOAT64),
              Column.optional("b", ValueType.BOOLEAN)),
          "at",
          "p.s",
          2000,
          60_000);
  private static final String VALID = "\"at\": \"2026-01-05T11:59:59.5Z\", \"key\": \"a\"";

  private final EventDecoder decoder = new EventDecoder(SOURCE);

  @Test
  void anEventHasOneValueAColumnInTheSchemasOrder() {
    Decoded decoded =
        decode(
            """
            {"b": true, "other": {"n": 9, "deep": [1, {"x": [2]}]}, "x": 3, "n": -7, "key": "ü",
             "list": [[], {}], "at": "2026-01-05T12:59:59.5+01:00"}
            """);

    assertThat(decoded).isInstanceOf(Event.class);
    Event event = (Event) decoded;
    assertThat(event.timeMillis()).isEqualTo(ARRIVAL.toEpochMilli() - 500);
    assertThat(event.values()).containsExactly(ARRIVAL.minusMillis(500), "ü", -7L, 3.0, true);
  }

  @Test
  void optionalColumnsMayBeNullOrAbsent() {
    assertThat(valuesOf("{" + VALID + ", \"n\": null}"))
        .containsExactly(ARRIVAL.minusMillis(500), "a", null, null, null);
  }

  @Test
  void ofMembersWithTheSameNameTheLastCounts() {
    assertThat(valuesOf("{" + VALID + ", \"n\": 1, \"n\": 2}")[2]).isEqualTo(2L);
    assertThat(valuesOf("{" + VALID + ", \"n\": 1, \"n\": null}")[2]).isNull();
  }

  @Test
  void aTimestampMayBeMillisecondsSinceTheEpoch() {
    assertThat(valuesOf("{\"at\": 1767614399999, \"key\": \"a\"}")[0])
        .isEqualTo(Instant.parse("2026-01-05T11:59:59.999Z"));
  }

  @Test
  void aTombstoneIsNoEvent() {
    assertThat(kindOf(decoder.decode(null, ARRIVAL.toEpochMilli()))).isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{",
        "{\"at\"",
        "{\"at\": }",
        "{} {}",
        "{}x",
        "{'a': 1}"
      })
  void whatIsNotOneJsonObjectIsMalformed(String message) {
    Decoded decoded =
        decode(message.startsWith("{}") ? "{" + VALID + message.substring(1) : message);

    assertThat(kindOf(decoded)).as(message).isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"key\": \"a\"}",
        "{\"at\": null, \"key\": \"a\"}",
        "{\"at\": 1, \"key\": null}"
      })
  void aRequiredColumnMayNotBeMissing(String message) {
    Decoded decoded = decode(message);

    assertThat(kindOf(decoded)).isEqualTo(Kind.MISSING_COLUMN);
    assertThat(((Rejection) decoded).reason())
        .contains("required column ")
        .contains("missing or null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          n   | 1.5
          n   | 1.0
          n   | "1"
          n   | 9223372036854775808
          n   | true
          n   | [1]
          n   | {"a": 1}
          x   | "1.5"
          x   | 1e999
          x   | true
          b   | 1
          b   | "true"
          key | 7
          key | ["a"]
          key | "\\ud800"
          key | "a\\udc00b"
          at  | "2026-01-05T12:00:00"
          at  | "yesterday"
          at  | 1.5
          at  | true
          at  | 9223372036854775807
          at  | -9223372036854775808
          at  | "+20260-01-05T12:00:00Z"
          """)
  void aValueOfAnotherTypeIsRefusedWithItsColumn(String column, String value) {
    Decoded decoded = decode("{" + VALID + ", \"" + column + "\": " + value + "}");

    assertThat(kindOf(decoded)).isEqualTo(Kind.WRONG_TYPE);
    assertThat(((Rejection) decoded).reason()).startsWith("Cannot use the event: column " + column);
  }

  @Test
  void theFutureEndsAMinuteAfterTheArrival() {
    assertThat(decode(at("2026-01-05T12:01:00.000Z"))).isInstanceOf(Event.class);
    assertThat(kindOf(decode(at("2026-01-05T12:01:00.001Z")))).isEqualTo(Kind.FUTURE);

    Decoded decoded = decode(at("2150-06-01T00:00:00Z"));

    assertThat(kindOf(decoded)).isEqualTo(Kind.FUTURE);
    assertThat(((Rejection) decoded).reason())
        .contains("2150-06-01T00:00:00Z", "60000 ms", "2026-01-05T12:00:00Z");
  }

  @Test
  void aNumberThatComesAsTextIsRefusedWithTheRemedy() {
    Decoded decoded = decode("{" + VALID + ", \"n\": \"7\"}");

    assertThat(((Rejection) decoded).reason())
        .isEqualTo(
            "Cannot use the event: column n must be of type int64 but is \"7\"; declare the column"
                + " with coerce: true if its values come as text");
  }

  @Test
  void aReasonStaysShort() {
    String value = "\"" + "v".repeat(100_000) + "\"";
    Decoded decoded = decode("{" + VALID + ", \"n\": " + value + "}");

    assertThat(((Rejection) decoded).reason()).hasSizeLessThan(300);
  }

  @Test
  void whateverBytesComeAreAnsweredWithoutAnError() {
    byte[] valid = ("{" + VALID + ", \"n\": 1, \"x\": 2.5}").getBytes(StandardCharsets.UTF_8);
    for (long seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      byte[] message = valid.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }

      assertThat(decoder.decode(message, ARRIVAL.toEpochMilli())).as("seed %d", seed).isNotNull();
    }
  }

  private Decoded decode(String message) {
    return decoder.decode(message.getBytes(StandardCharsets.UTF_8), ARRIVAL.toEpochMilli());
  }

  private @Nullable Object[] valuesOf(String message) {
    return ((Event) decode(message)).values();
  }

  private static Kind kindOf(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Rejection.class);
    return ((Rejection) decoded).kind();
  }

  private static String at(String time) {
    return "{\"at\": \"" + time + "\", \"key\": \"a\"}";
  }
}
