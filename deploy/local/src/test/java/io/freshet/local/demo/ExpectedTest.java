package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.local.demo.Expected.About;
import io.freshet.local.demo.Expected.Exactly;
import io.freshet.local.demo.Expected.Measure;
import io.freshet.local.demo.Expected.Percentiles;
import io.freshet.local.demo.PlainRules.Timed;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpectedTest {
  @Test
  void anExactListOrMapMustBeEqual() {
    assertThat(new Exactly(List.of(3L, 1L)).distanceOf(List.of(3L, 1L))).isZero();
    assertThat(new Exactly(List.of(3L, 1L)).distanceOf(List.of(1L, 3L))).isInfinite();
    assertThat(new Exactly(Map.of("LAX", 2L)).distanceOf(Map.of("LAX", 3L))).isInfinite();
    assertThat(new Exactly(null).distanceOf(List.of())).isInfinite();
  }

  @Test
  void anEstimateMayBeOffByOneOrByItsBound() {
    assertThat(new About(3).distanceOf(4L)).isZero();
    assertThat(new About(1000).distanceOf(1050L))
        .isEqualTo(0.05)
        .isLessThan(most(Measure.ESTIMATE));
    assertThat(new About(1000).distanceOf(1100L)).isGreaterThan(most(Measure.ESTIMATE));
    assertThat(new About(3).distanceOf(null)).isInfinite();
  }

  @Test
  void aPercentileOfUpTo200ValuesMustBeTheOneAtItsPlace() {
    Percentiles quartet = percentiles(4, 0, 0.5, 1);

    assertThat(quartet.distanceOf(List.of(1.0, 2.0, 4.0))).isZero();
    assertThat(quartet.distanceOf(List.of(1.0, 3.0, 4.0))).isInfinite();
    assertThat(quartet.distanceOf(List.of(1.0, 2.0))).isInfinite();
  }

  @Test
  void aPercentileOfMoreValuesIsMeasuredByItsRank() {
    Percentiles thousand = percentiles(1000, 0.5);

    assertThat(thousand.distanceOf(List.of(500.0))).isZero();
    assertThat(thousand.distanceOf(List.of(510.0))).isEqualTo(0.010, within(1e-12));
    assertThat(thousand.distanceOf(List.of(470.0))).isGreaterThan(most(Measure.RANK));
    assertThat(thousand.distanceOf(List.of(500.5))).isInfinite();
  }

  @Test
  void theRankOfAValueThatOccursOftenIsAnyOfItsPlaces() {
    Percentiles mostlyZero =
        new Percentiles(
            DoubleStream.concat(
                    IntStream.range(0, 900).mapToDouble(i -> 0),
                    IntStream.rangeClosed(1, 100).asDoubleStream())
                .toArray(),
            List.of(0.1, 0.9));

    assertThat(mostlyZero.distanceOf(List.of(0.0, 0.0))).isZero();
    assertThat(mostlyZero.distanceOf(List.of(0.0, 5.0))).isEqualTo(0.005, within(1e-12));
  }

  @Test
  void theRulesBreakTiesByValue() {
    List<Timed<Long>> events =
        List.of(new Timed<>(2L, 1L), new Timed<>(1L, 3L), new Timed<>(2L, 2L));

    assertThat(PlainRules.firstOf(events.stream(), 2)).containsExactly(3L, 1L);
    assertThat(PlainRules.lastOf(events.stream(), 2)).containsExactly(2L, 1L);
    assertThat(PlainRules.greatestOf(Stream.of(3L, 1L, 3L), 2)).containsExactly(3L, 3L);
    assertThat(PlainRules.leastOf(Stream.of(3L, 1L, 2L), 5)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void theRulesCountAndMeasure() {
    assertThat(PlainRules.variance(LongStream.of(1, 2, 3, 4))).isEqualTo(1.25);
    assertThat(PlainRules.sum(DoubleStream.of(0.25, 0.5))).isEqualTo(0.75);
    assertThat(PlainRules.distinct(Stream.of("a", "b", "a"), 2)).isEqualTo(2L);
    assertThat(PlainRules.distinct(Stream.of("a", "b", "c"), 2)).isNull();
    assertThat(PlainRules.bars(Stream.of("a", "b", "a"), 2)).isEqualTo(Map.of("a", 2L, "b", 1L));
    assertThat(PlainRules.bars(Stream.of("a", "b", "c"), 2)).isNull();
  }

  private static double most(Measure measure) {
    return measure.most();
  }

  /** Of 1, 2, 3 and so on. */
  private static Percentiles percentiles(int values, double... percentiles) {
    return new Percentiles(
        IntStream.rangeClosed(1, values).asDoubleStream().toArray(),
        DoubleStream.of(percentiles).boxed().toList());
  }
}
