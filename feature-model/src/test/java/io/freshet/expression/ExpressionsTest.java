package io.freshet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.required("n", ValueType.INT64),
          Column.optional("delay", ValueType.FLOAT64),
          Column.required("carrier", ValueType.STRING),
          Column.required("cancelled", ValueType.BOOLEAN),
          Column.required("at", ValueType.TIMESTAMP));
  private static final Instant AT = Instant.parse("2026-01-05T13:30:00.250Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          n                                    | int64     | 3
          delay                                | float64   | 20.5
          delay > 15 ? 1.0 : 0.0               | float64   | 1.0
          n > 2.5                              | boolean   | true
          !cancelled && carrier == 'UA'        | boolean   | true
          carrier + '-' + string(n)            | string    | UA-3
          delay * double(n)                    | float64   | 61.5
          carrier.matches('^U.$')              | boolean   | true
          carrier.startsWith('X')              | boolean   | false
          at                                   | timestamp | 2026-01-05T13:30:00.250Z
          at + duration('1ms')                 | timestamp | 2026-01-05T13:30:00.251Z
          at + duration('1us')                 | timestamp | 2026-01-05T13:30:00.250Z
          at.getHours()                        | int64     | 13
          at.getDayOfWeek('Europe/Berlin')     | int64     | 1
          n in [1, 2, 3]                       | boolean   | true
          [1, 2, 3].filter(x, x > n).size()    | int64     | 0
          0.0 / 0.0                            | float64   | NaN
          """)
  void anExpressionHasATypeAndAValue(String text, String type, String value) {
    Expression expression = Expressions.compile(text, COLUMNS);

    Object result = expression.evaluate(row(20.5));

    assertThat(expression.type().wireName()).isEqualTo(type);
    assertThat(result).isInstanceOf(expression.type().javaType()).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          delay ; -
          delay > 15 ; -
          delay == 15.0 ; -
          delay + 1.0 ; -
          delay in [1.0] ; -
          string(delay) ; -
          cancelled || delay > 15 ; -
          !cancelled || delay > 15 ; true
          delay > 15 || !cancelled ; true
          cancelled && delay > 15 ; false
          delay > 15 ? 1.0 : 0.0 ; -
          cancelled ? delay : 7.0 ; 7.0
          cancelled ? 7.0 : delay ; -
          [1, 2].exists(x, x == 2 || delay > 15) ; true
          [1, 2].exists(x, x == 3 || delay > 15) ; -
          (cancelled || delay > 15) == true ; -
          !(cancelled || delay > 15.0 + 1.0) ; -
          (cancelled || delay > 15.0 + 1.0) ? 1 : 2 ; -
          string(!cancelled && delay > 15) ; -
          [cancelled || delay > 15].size() ; -
          cancelled || delay > 15 || n / 0 > 1 ; -
          """)
  void aNullColumnMakesTheResultNullWhereItIsNeeded(String text, @Nullable String value) {
    Object result = Expressions.compile(text, COLUMNS).evaluate(row(null));

    assertThat(result == null ? null : result.toString()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n / 0",
        "9223372036854775807 + n",
        "int('x' + carrier)",
        "carrier.matches(carrier + '[')",
        "[1, 2, 3].filter(x, x > n)[7] > 2",
        "at + duration('87600000h') + duration('87600000h') > at"
      })
  void anExpressionWithoutAValueForTheRowFails(String text) {
    Expression expression = Expressions.compile(text, COLUMNS);

    assertThatThrownBy(() -> expression.evaluate(row(1.0)))
        .isInstanceOf(ExpressionFailedException.class)
        .hasMessageStartingWith("Cannot evaluate \"" + text + "\" on this event: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dely > 3 && nn == 2       | at 1:1 undeclared reference to 'dely'; at 1:13 undeclared reference to 'nn'
          delay + 1                 | at 1:7 found no matching overload for '_+_' applied to '(double, int)', convert
          n +                       | at 1:4 mismatched input
          delay == null             | at 1:7 found no matching overload
          [n]                       | its type is list
          at - at                   | its type is google.protobuf.Duration
          1u                        | its type is uint
          null                      | its type is null_type
          dyn(n)                    | its type is dyn
          n > 1 ? n : delay         | found no matching overload
          nope(n)                   | undeclared reference to 'nope'
          n.map(x, x)               | at
          """)
  void anExpressionThatDoesNotCompileIsRefusedWithPlaceAndColumns(String text, String reason) {
    assertThatThrownBy(() -> Expressions.compile(text, COLUMNS))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageStartingWith("Cannot compile \"" + text + "\": ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(
            "(columns: n int64, delay float64, carrier string, cancelled boolean, at timestamp)");
  }

  @Test
  void anExpressionThatIsTooLongOrTooDeepIsRefused() {
    String tooLong = "n" + " + n".repeat(CelEnvironment.MAX_LENGTH / 4);
    String tooDeep =
        "(".repeat(CelEnvironment.MAX_NESTING + 1)
            + "n"
            + ")".repeat(CelEnvironment.MAX_NESTING + 1);
    String tooMany = "n" + "+n".repeat(CelEnvironment.MAX_NODES);
    String hopeless = "(".repeat(CelEnvironment.MAX_LENGTH - 1);

    for (String text : List.of(tooLong, tooDeep, tooMany, hopeless)) {
      assertThatThrownBy(() -> Expressions.compile(text, COLUMNS))
          .isInstanceOf(InvalidExpressionException.class)
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2000));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp",
        "duration",
        "size",
        "int",
        "string",
        "bool",
        "double",
        "uint",
        "type",
        "list",
        "map",
        "matches",
        "has",
        "all",
        "dyn",
        "google",
        "bytes",
        "getHours"
      })
  void aColumnMayHaveTheNameOfAFunctionOrType(String name) {
    List<Column> columns = List.of(Column.required(name, ValueType.INT64));

    assertThat(Expressions.compile(name, columns).evaluate(new Object[] {7L})).isEqualTo(7L);
    assertThat(Expressions.compile(name + " + 1", columns).evaluate(new Object[] {7L}))
        .isEqualTo(8L);
    assertThat(Expressions.compile(name + " > 6", columns).evaluate(new Object[] {7L}))
        .isEqualTo(true);
  }

  private static @Nullable Object[] row(@Nullable Double delay) {
    return new @Nullable Object[] {3L, delay, "UA", false, AT};
  }
}
