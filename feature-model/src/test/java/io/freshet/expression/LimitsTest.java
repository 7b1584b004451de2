package io.freshet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit bites, and the value just below it passes. */
class LimitsTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.required("n", ValueType.INT64),
          Column.required("delay", ValueType.FLOAT64),
          Column.required("carrier", ValueType.STRING));
  private static final Object[] ROW = {3L, 20.5, "UA"};

  private final Expressions expressions = Expressions.over(COLUMNS);

  @Test
  void aTextHasAtMostAsManyCodePointsAsAllowed() {
    String longest = "n" + " ".repeat(CelEnvironment.MAX_LENGTH - 3) + "+1";

    assertThat(value(longest)).isEqualTo(4L);
    assertRefused(
        "n " + longest.substring(1),
        ": expression code point size exceeds limit: size: 4001, limit 4000");
  }

  @Test
  void nestingIsLimited() {
    assertThat(value(nested(CelEnvironment.MAX_NESTING - 1))).isEqualTo(3L);
    assertRefused(nested(CelEnvironment.MAX_NESTING), "recursion limit exceeded. limit: 32");
  }

  @Test
  void theNodesOfTheTreeAreLimited() {
    String most = listOf(CelEnvironment.MAX_NODES - 4) + ".size() + n";

    assertThat(value(most)).isEqualTo(CelEnvironment.MAX_NODES - 4 + 3L);
    assertRefused(
        listOf(CelEnvironment.MAX_NODES - 3) + ".size() + n",
        "expression node limit (1000) exceeded");
  }

  @Test
  void theIterationsOfOneEvaluationAreLimited() {
    // Ten outside, and for each of them 99 or 100 inside.
    String most = "%s.all(x, %s.all(y, y > 0))".formatted(listOf(10), listOf(99));
    String tooMany = "%s.all(x, %s.all(y, y > 0))".formatted(listOf(10), listOf(100));

    assertThat(value(most)).isEqualTo(true);
    assertFails(tooMany, "Iteration budget exceeded: 1000");
  }

  @Test
  void theProgramOfARegularExpressionIsLimited() {
    assertThat(value("carrier.matches('a{998}')")).isEqualTo(false);
    assertFails(
        "carrier.matches('a{999}')",
        "Regex pattern exceeds allowed program size. Allowed: 1000, Provided: 1001");
  }

  @Test
  void whatAnEvaluationMayCostIsLimited() {
    int width = 1;
    while (cost(pairs(width)) <= CelEnvironment.MAX_COST) {
      width++;
    }

    assertThat(width).isGreaterThan(50);
    assertThat(expressions.compile(pairs(width - 1))).isInstanceOf(CelExpression.class);
    assertRefused(
        pairs(width),
        "one evaluation may cost %d steps, the most is 100000, iterate over shorter lists or build shorter texts"
            .formatted(cost(pairs(width))));
  }

  @Test
  void aTextThatDoublesAgainAndAgainIsRefused() {
    assertThat(value("size([carrier]" + ".map(a, a + a)".repeat(10) + "[0])")).isEqualTo(2048L);

    assertRefused("size([carrier]" + ".map(a, a + a)".repeat(15) + "[0])", "may cost");
    assertRefused(
        "size([carrier]" + ".map(a, a + a + a + a)".repeat(20) + "[0])", "more than 1000000000");
    assertRefused("size([[carrier]]" + ".map(a, a + a)".repeat(20) + "[0])", "may cost");
    assertRefused("size([dyn([n])]" + ".map(a, a + a)".repeat(20) + "[0])", "may cost");
    assertRefused("size([n]" + ".map(a, [a, a])".repeat(20) + "[0])", "may cost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2, 3].exists(x, double(x) == delay)",
        "[1, 2, 3].exists(x, x == n)",
        "carrier in ['UA', 'AA', 'DL'] && delay > 15.0",
        "['UA', 'AA'].map(c, c + '-').filter(c, c.startsWith(carrier)).size() > 0",
        "[1, 2].exists(x, [3, 4].all(y, [5, 6].exists_one(z, x + y + z > n)))",
        "[[1, 2], [3]].exists(x, x.exists(y, y == n))",
        "{'UA': 1, 'AA': 2}.exists(k, k == carrier)",
        "carrier.matches('^(UA|AA)[0-9]*$')"
      })
  void ordinaryExpressionsAreFarFromTheLimits(String text) {
    assertThat(expressions.compile(text).evaluate(ROW)).isInstanceOf(Boolean.class);
    assertThat(cost(text)).isLessThan(CelEnvironment.MAX_COST / 50);
  }

  @Test
  void aListThatIsGivenCountsAsTheLongest() {
    Expressions given =
        Expressions.overVariables(
            List.of(new Variable("v.last", FeatureType.listOf(ValueType.INT64))));

    Object found =
        given.compile("v.last.exists(x, x > 3)").evaluate(new Object[] {List.of(1L, 4L)});
    assertThat(found).isEqualTo(true);
    assertThatThrownBy(
            () -> given.compile("v.last.exists(x, v.last.exists(y, x == y + 1)) ? 1 : 0"))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageContaining("may cost");
  }

  private Object value(String text) {
    Object value = expressions.compile(text).evaluate(ROW);
    assertThat(value).isNotNull();
    return value == null ? "" : value;
  }

  private static long cost(String text) {
    return CostBound.of(
        CelEnvironment.of("columns", COLUMNS.stream().map(Variable::of).toList()).tree(text));
  }

  private void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> expressions.compile(text))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageContaining(reason);
  }

  private void assertFails(String text, String reason) {
    Expression expression = expressions.compile(text);
    assertThatThrownBy(() -> expression.evaluate(ROW))
        .isInstanceOf(ExpressionFailedException.class)
        .hasMessageContaining(reason);
  }

  private static String pairs(int width) {
    return "%s.exists(x, %s.exists(y, x * y == n))".formatted(listOf(width), listOf(width));
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "n" + ")".repeat(depth);
  }

  private static String listOf(int elements) {
    return "[" + String.join(",", Collections.nCopies(elements, "1")) + "]";
  }
}
