package io.freshet.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.freshet.expression.Expressions;
import io.freshet.expression.Variable;
import io.freshet.plan.Aggregation;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandInput;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnDemandFeaturesTest {
  private static final Instant NOW = Instant.parse("2026-03-29T01:00:00.500Z");

  private static final List<OnDemandInput> INPUTS =
      List.of(
          input(0, "payments_1h", FeatureType.scalar(ValueType.INT64), Aggregation.COUNT),
          input(1, "average", FeatureType.scalar(ValueType.FLOAT64), Aggregation.AVERAGE),
          input(2, "last_at", FeatureType.scalar(ValueType.TIMESTAMP), Aggregation.LAST),
          input(3, "last_3", FeatureType.listOf(ValueType.FLOAT64), Aggregation.LAST_K),
          input(4, "countries", FeatureType.COUNTS, Aggregation.HISTOGRAM),
          input(5, "last_times", FeatureType.listOf(ValueType.TIMESTAMP), Aggregation.LAST_K));

  private static final @Nullable Object[] PAYMENTS = {
    4L,
    2.5,
    Instant.parse("2026-03-29T00:59:00Z"),
    List.of(3.0, 1.0, 2.0),
    new TreeMap<>(java.util.Map.of("DE", 3L, "FR", 1L)),
    List.of(Instant.parse("2026-03-29T00:59:00Z"), Instant.parse("2026-03-28T00:59:00Z"))
  };

  @ParameterizedTest
  @MethodSource("values")
  void anExpressionHasTheValueOfItsInputs(String expression, @Nullable Object expected) {
    assertThat(evaluate(expression, PAYMENTS, 10.0, null)).isEqualTo(OnDemandValue.of(expected));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("payments.payments_1h", 4L),
        arguments("payments.payments_1h + 1", 5L),
        arguments("request.amount / payments.average", 4.0),
        arguments("(now - payments.last_at).getSeconds()", 60L),
        arguments("int(now) - int(payments.last_at)", 60L),
        arguments("now - payments.last_at > duration('1m')", true),
        arguments("now - duration('500ms')", Instant.parse("2026-03-29T01:00:00Z")),
        arguments("payments.last_3[0]", 3.0),
        arguments("size(payments.last_3)", 3L),
        arguments("payments.last_3.exists(x, x > request.amount)", false),
        arguments("payments.last_3.all(x, x < request.amount)", true),
        arguments("request.amount in payments.last_3", false),
        arguments("payments.countries['DE']", 3L),
        arguments("payments.countries.DE", 3L),
        arguments("'US' in payments.countries", false),
        arguments("has(payments.countries.US) ? payments.countries.US : 0", 0L),
        arguments("double(payments.countries['DE']) / double(payments.payments_1h)", 0.75),
        arguments("payments.last_times[0] - payments.last_times[1] == duration('24h')", true),
        arguments("request.country", null),
        arguments("request.country == 'DE'", null),
        arguments("true || request.country == 'DE'", true),
        arguments("request.amount / 0.0", Double.POSITIVE_INFINITY));
  }

  @Test
  void aRowThatIsAbsentCountsAsNoEvents() {
    assertThat(evaluate("payments.payments_1h", null, 1.0, "DE").value()).isEqualTo(0L);
    assertThat(evaluate("payments.payments_1h == 0", null, 1.0, "DE").value()).isEqualTo(true);
    assertThat(evaluate("payments.average", null, 1.0, "DE").value()).isNull();
    assertThat(evaluate("size(payments.last_3)", null, 1.0, "DE"))
        .isEqualTo(OnDemandValue.of(null));
  }

  @Test
  void anExpressionThatFailsNamesTheReasonAndSparesTheOthers() {
    OnDemandPlan plan =
        plan("1 / (payments.payments_1h - 4)", "payments.last_3[7]", "request.amount");

    List<OnDemandValue> values =
        OnDemandFeatures.of(plan)
            .evaluate(Arrays.asList(new @Nullable Object[][] {PAYMENTS}), request(2.0, null), NOW);

    assertThat(values.get(0).value()).isNull();
    assertThat(values.get(0).failure()).contains("/ by zero");
    assertThat(values.get(1).failure()).contains("out of bounds");
    assertThat(values.get(2)).isEqualTo(OnDemandValue.of(2.0));
  }

  @Test
  void manyThreadsShareOne() {
    OnDemandFeatures features =
        OnDemandFeatures.of(
            plan("payments.last_3.map(x, x * request.amount)[2] + double(size(request.country))"));

    List<@Nullable Object> values =
        IntStream.range(0, 2000)
            .parallel()
            .<@Nullable Object>mapToObj(
                i ->
                    features
                        .evaluate(
                            Arrays.asList(new @Nullable Object[][] {PAYMENTS}),
                            request((double) i, "DE"),
                            NOW)
                        .get(0)
                        .value())
            .toList();

    assertThat(values)
        .isEqualTo(IntStream.range(0, 2000).mapToObj(i -> (Object) (2.0 * i + 2.0)).toList());
  }

  @Test
  void aPlanTravelsAsJson() {
    OnDemandPlan plan = plan("payments.countries['DE']", "request.amount");

    assertThat(PlanCodec.decode(PlanCodec.encode(plan), OnDemandPlan.class)).isEqualTo(plan);
    assertThat(plan.only(List.of("f1")).features())
        .extracting(OnDemandFeature::expression)
        .containsExactly("request.amount");
  }

  private static OnDemandValue evaluate(
      String expression,
      @Nullable Object @Nullable [] payments,
      double amount,
      @Nullable String country) {
    return OnDemandFeatures.of(plan(expression))
        .evaluate(
            Arrays.<@Nullable Object @Nullable []>asList(
                new @Nullable Object @Nullable [][] {payments}),
            request(amount, country),
            NOW)
        .get(0);
  }

  private static @Nullable Object[] request(double amount, @Nullable String country) {
    return new @Nullable Object[] {amount, country};
  }

  private static OnDemandPlan plan(String... expressions) {
    List<Column> request =
        List.of(
            Column.required("amount", ValueType.FLOAT64),
            Column.optional("country", ValueType.STRING));
    List<Variable> features =
        INPUTS.stream().map(i -> new Variable("payments." + i.feature(), i.type())).toList();
    Expressions compiler = Expressions.overVariables(OnDemandVariables.of(features, request));
    return new OnDemandPlan(
        "shop",
        "risk",
        List.of("payments"),
        request,
        INPUTS,
        IntStream.range(0, expressions.length)
            .mapToObj(
                i ->
                    new OnDemandFeature(
                        "f" + i, expressions[i], compiler.compile(expressions[i]).type()))
            .toList());
  }

  private static OnDemandInput input(
      int position, String name, FeatureType type, Aggregation aggregation) {
    return new OnDemandInput(0, position, name, type, aggregation);
  }
}
