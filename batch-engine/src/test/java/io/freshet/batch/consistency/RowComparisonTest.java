package io.freshet.batch.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.consistency.RowComparison.NewestEvent;
import io.freshet.batch.consistency.RowComparison.Result;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.RowCodec;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts as the same row. */
class RowComparisonTest {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
  private static final BoundView VIEW = view();

  private final RowComparison comparison = new RowComparison(VIEW);

  @Test
  void doublesMayDifferByABillionthAndIntegersByNothing() {
    assertThat(compare(row(7L, 3e6), row(7L, 3e6 + 1e-3)).equal()).isTrue();
    assertThat(compare(row(7L, 3e6), row(7L, 3e6 + 1e-2)).equal()).isFalse();
    assertThat(compare(row(7L, 1e-12), row(7L, -1e-12)).equal()).isTrue();
    assertThat(compare(row(1L << 60, 1.0), row((1L << 60) + 1, 1.0)).equal()).isFalse();
    assertThat(compare(row(7L, Double.NaN), row(7L, Double.NaN)).equal()).isTrue();
    assertThat(compare(row(7L, Double.NaN), row(7L, 1.0)).equal()).isFalse();
    assertThat(compare(row(7L, Double.POSITIVE_INFINITY), row(7L, 1.0)).equal()).isFalse();
    assertThat(compare(row(7L, null), row(7L, 1.0)).equal()).isFalse();
    assertThat(compare(row(7L, null), row(7L, null)).equal()).isTrue();
  }

  @Test
  void theWorstDifferenceIsToldAlsoOfEqualRows() {
    assertThat(compare(row(4L, 1.0), row(2L, 1.0)).worst()).isEqualTo(0.5);
    assertThat(compare(row(4L, 10.0), row(4L, 10.0 + 1e-9)).worst()).isPositive().isLessThan(1e-9);
    assertThat(compare(row(4L, Double.NaN), row(4L, 1.0)).worst()).isZero();
  }

  @Test
  void aPercentileIsComparedUpToTwoHundredValues() {
    @Nullable Object[] served = row(7L, 1.0);
    @Nullable Object[] expected = row(7L, 1.0);
    served[3] = List.of(2.0, 3.0);
    expected[3] = List.of(2.0, 4.0);

    Result exact = compare(served, expected, NewestEvent.COMPARED, 200);
    Result partly = compare(served, expected, NewestEvent.COMPARED, 201);

    assertThat(exact).isEqualTo(new Result(false, false, 0.25));
    assertThat(partly).isEqualTo(new Result(true, true, 0));
  }

  @Test
  void theNewestEventIsComparedWhereItIsKnown() {
    @Nullable Object[] expected = row(0L, null);
    expected[0] = null;

    assertThat(compare(row(0L, null), expected, NewestEvent.NOT_KNOWN, 0).equal()).isTrue();
    assertThat(compare(row(0L, null), expected, NewestEvent.COMPARED, 0).equal()).isFalse();
  }

  @Test
  void bytesThatAreNoRowAreNotEqualToOne() {
    @Nullable Object[] expected = row(7L, 1.0);
    byte[] whole = new RowCodec(VIEW.rowTypes()).encode(expected);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);

    for (byte[] bytes : List.of(new byte[0], new byte[] {0, 1}, longer)) {
      assertThat(comparison.compare(bytes, expected, NewestEvent.COMPARED, 1))
          .isEqualTo(Result.UNREADABLE);
    }
    assertThat(comparison.compare(whole, expected, NewestEvent.COMPARED, 1).equal()).isTrue();
  }

  private Result compare(@Nullable Object[] served, @Nullable Object[] expected) {
    return compare(served, expected, NewestEvent.COMPARED, 1);
  }

  private Result compare(
      @Nullable Object[] served, @Nullable Object[] expected, NewestEvent newest, long events) {
    byte[] packed = new RowCodec(VIEW.rowTypes()).encode(served);
    return comparison.compare(packed, expected, newest, events);
  }

  private static @Nullable Object[] row(long count, @Nullable Double sum) {
    return new @Nullable Object[] {TIME, count, sum, List.of(2.0, 3.0)};
  }

  private static BoundView view() {
    Window hour = Window.ofMillis(3_600_000);
    FeatureType real = FeatureType.scalar(ValueType.FLOAT64);
    return new BoundView(
        "flights",
        "delays",
        "airport",
        List.of(Column.required("origin", ValueType.STRING)),
        "departures",
        List.of("origin"),
        null,
        List.of(new InputPlan("delay", ValueType.FLOAT64)),
        List.of(
            new FeaturePlan(
                "count",
                Aggregation.COUNT,
                FeaturePlan.NO_INPUT,
                hour,
                FeatureType.scalar(ValueType.INT64)),
            new FeaturePlan("sum", Aggregation.SUM, 0, hour, real),
            new FeaturePlan(
                "percentiles",
                Aggregation.APPROX_PERCENTILE,
                0,
                hour,
                FeatureType.listOf(ValueType.FLOAT64))),
        Delivery.EXACTLY_ONCE,
        60_000,
        0,
        0);
  }
}
