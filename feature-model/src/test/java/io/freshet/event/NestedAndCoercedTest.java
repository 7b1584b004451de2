package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Rejection.Kind;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedAndCoercedTest {
  private static final Instant ARRIVAL = Instant.parse("2026-01-05T12:00:00Z");
  private static final SourcePlan SOURCE =
      new SourcePlan(
          "p",
          "s",
          List.of(
              Column.required("at", ValueType.TIMESTAMP).at("meta.at").fromText(),
              Column.optional("city", ValueType.STRING).at("user.address.city"),
              Column.optional("zip", ValueType.INT64).at("user.address.zip").fromText(),
              Column.optional("score", ValueType.FLOAT64).at("user.score").fromText(),
              Column.optional("vip", ValueType.BOOLEAN).fromText()),
          "at",
          "p.s",
          2000,
          60_000);
  private static final String TIMED = "\"meta\": {\"at\": 0}";

  private final EventDecoder decoder = new EventDecoder(SOURCE);

  @Test
  void columnsAreTakenFromNestedObjects() {
    assertThat(
            valuesOf(
                """
                {"user": {"id": {"address": 1}, "address": {"zip": 7, "x": {"city": "no"},
                 "city": "Ulm"}, "score": 2}, "city": "none", "vip": true, "meta": {"at": 5}}
                """))
        .containsExactly(Instant.ofEpochMilli(5), "Ulm", 7L, 2.0, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "user": null
          "user": 7
          "user": "text"
          "user": [{"address": {"city": "Ulm"}}]
          "user": {}
          "user": {"address": null}
          "user": {"address": [1, 2]}
          "other": {"user": {"address": {"city": "Ulm"}}}
          "user.address.city": "Ulm"
          """)
  void withoutTheirObjectColumnsAreNull(String member) {
    assertThat(valuesOf("{" + TIMED + ", " + member + "}"))
        .containsExactly(Instant.EPOCH, null, null, null, null);
  }

  @Test
  void ofObjectsWithTheSameNameTheLastCountsAlone() {
    assertThat(
            valuesOf("{" + TIMED + ", \"user\": {\"score\": 1}, \"user\": {\"address\": {}}}")[3])
        .isNull();
    assertThat(valuesOf("{" + TIMED + ", \"user\": {\"score\": 1}, \"user\": null}")[3]).isNull();
  }

  @Test
  void aRequiredColumnWithoutItsObjectIsMissing() {
    assertThat(kindOf("{\"vip\": true}")).isEqualTo(Kind.MISSING_COLUMN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2 | -42                    | -42
          2 | 9223372036854775807    | 9223372036854775807
          2 | 007                    | 7
          3 | 1.5                    | 1.5
          3 | -2e3                   | -2000.0
          3 | 7                      | 7.0
          4 | true                   | true
          4 | false                  | false
          0 | 1767614399999          | 2026-01-05T11:59:59.999Z
          0 | 2026-01-05T13:00+01:00 | 2026-01-05T12:00:00Z
          """)
  void textIsCoercedWhereItIsDeclared(int column, String text, String value) {
    assertThat(valuesOf(withText(column, text))[column]).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2 | 1.0
          2 | 9223372036854775808
          2 | ` 1`
          2 | +1
          2 | ``
          2 | 0x10
          3 | NaN
          3 | Infinity
          3 | 1e999
          3 | 1d
          3 | .5
          3 | 0x1p3
          4 | TRUE
          4 | 1
          0 | yesterday
          0 | 9223372036854775807
          """)
  void textThatWritesNoSuchValueIsRefused(int column, String text) {
    assertThat(kindOf(withText(column, text))).isEqualTo(Kind.WRONG_TYPE);
  }

  @Test
  void coercionIsFromTextOnlyAndNamesThePath() {
    String reason =
        ((Rejection) decode("{" + TIMED + ", \"user\": {\"address\": {\"city\": 7}}}")).reason();

    assertThat(reason)
        .isEqualTo(
            "Cannot use the event: column city at user.address.city must be of type string but is"
                + " 7");
    assertThat(kindOf("{" + TIMED + ", \"vip\": 1}")).isEqualTo(Kind.WRONG_TYPE);
  }

  private static String withText(int column, String text) {
    String quoted = "\"" + text + "\"";
    return switch (column) {
      case 0 -> "{\"meta\": {\"at\": " + quoted + "}}";
      case 2 -> "{" + TIMED + ", \"user\": {\"address\": {\"zip\": " + quoted + "}}}";
      case 3 -> "{" + TIMED + ", \"user\": {\"score\": " + quoted + "}}";
      default -> "{" + TIMED + ", \"vip\": " + quoted + "}";
    };
  }

  private Decoded decode(String message) {
    return decoder.decode(message.getBytes(StandardCharsets.UTF_8), ARRIVAL.toEpochMilli());
  }

  private @Nullable Object[] valuesOf(String message) {
    Decoded decoded = decode(message);
    assertThat(decoded).isInstanceOf(Event.class);
    return ((Event) decoded).values();
  }

  private Kind kindOf(String message) {
    Decoded decoded = decode(message);
    assertThat(decoded).isInstanceOf(Rejection.class);
    return ((Rejection) decoded).kind();
  }
}
