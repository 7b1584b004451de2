package io.freshet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastPathTest {
  private static final int EXPRESSIONS = 1000;
  private static final int ROWS = 25;

  private final CelEnvironment environment =
      CelEnvironment.of("columns", RandomExpression.COLUMNS.stream().map(Variable::of).toList());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d > 15",
        "15 < d",
        "i == -5",
        "i != j",
        "i <= d",
        "s >= 'a'",
        "s == t",
        "at < on",
        "b",
        "!b",
        "b == c",
        "true",
        "b && d > 15",
        "b || !c || i > 2 || s == 'x'",
        "d > 15 ? 1.0 : 0.0",
        "b ? at : on"
      })
  void columnsAndLiteralsThatAreComparedAndJoinedTakeTheFastPath(String text) {
    assertThat(environment.compile(text)).isInstanceOf(TermExpression.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d + 1.0 > 15.0",
        "-i > 5",
        "i < 5u",
        "s == 'a' + 'b'",
        "b && s.startsWith('a')",
        "i in [1, 2]",
        "at > timestamp('2026-01-01T00:00:00Z')",
        "[1, 2].exists(x, x == i)",
        "b ? i + 1 : 2",
        "null == null",
        "b'a' == b'a'"
      })
  void everythingElseTakesCel(String text) {
    assertThat(environment.compile(text)).isInstanceOf(CelExpression.class);
  }

  @Test
  void theFastPathHasCelsResult() {
    long seed = System.nanoTime();
    RandomExpression random = new RandomExpression(new Random(seed));
    for (int i = 0; i < EXPRESSIONS; i++) {
      String text = random.text();
      assertThatCode(() -> assertThatBothAgree(text, random))
          .as("seed %d: %s", seed, text)
          .doesNotThrowAnyException();
    }
  }

  private void assertThatBothAgree(String text, RandomExpression random) {
    Expression fast = environment.compile(text);
    Expression cel = environment.compileWithCel(text);
    assertThat(fast).isInstanceOf(TermExpression.class);
    assertThat(fast.type()).isEqualTo(cel.type());
    for (int i = 0; i < ROWS; i++) {
      @Nullable Object[] row = random.row();
      assertThat(fast.evaluate(row)).as("on %s", (Object) row).isEqualTo(cel.evaluate(row));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          d == 0.0  ; true
          d < 0.0   ; false
          d < 0     ; true
          d >= 0    ; false
          d == e    ; true
          """)
  void negativeZeroIsComparedAsCelsRuntimeDoes(String text, boolean result) {
    @Nullable Object[] row = new @Nullable Object[RandomExpression.COLUMNS.size()];
    row[2] = -0.0;
    row[3] = 0.0;

    assertThat(environment.compile(text).evaluate(row)).isEqualTo(result);
    assertThat(environment.compileWithCel(text).evaluate(row)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          d > 15.0  ; false
          d <= 15.0 ; false
          d == e    ; false
          d == d    ; true
          d > 15    ; true
          d <= 15   ; false
          """)
  void notANumberIsComparedAsCelsRuntimeDoes(String text, boolean result) {
    @Nullable Object[] row = new @Nullable Object[RandomExpression.COLUMNS.size()];
    row[2] = Double.NaN;
    row[3] = Double.longBitsToDouble(0x7ff8000000000001L);

    assertThat(environment.compile(text).evaluate(row)).isEqualTo(result);
    assertThat(environment.compileWithCel(text).evaluate(row)).isEqualTo(result);
  }
}
