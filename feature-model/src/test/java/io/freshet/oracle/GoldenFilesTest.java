package io.freshet.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.oracle.GoldenCase.Expectation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFilesTest {
  static List<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @Test
  void thereAreEnoughCases() {
    assertThat(cases())
        .hasSizeGreaterThanOrEqualTo(60)
        .extracting(GoldenCase::name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theKernelAnswersAsTheGoldenFilesSay(GoldenCase golden) {
    ViewAggregator kernel = ViewAggregator.of(golden.view());
    for (Expectation expectation : golden.expectations()) {
      KeyTiles tiles = kernel.empty();
      for (OracleEvent event : golden.eventsOf(expectation)) {
        kernel.add(tiles, event.timeMillis(), event.inputs());
      }

      assertSame(golden, expectation, kernel.valuesAsOf(tiles, expectation.asOfMillis()));
      kernel.compact(tiles, expectation.asOfMillis());
      assertSame(golden, expectation, kernel.valuesAsOf(tiles, expectation.asOfMillis()));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOracleAnswersAsTheGoldenFilesSay(GoldenCase golden) {
    for (Expectation expectation : golden.expectations()) {
      assertSame(
          golden,
          expectation,
          BruteForceOracle.valuesAsOf(
              golden.view(), golden.eventsOf(expectation), expectation.asOfMillis()));
    }
  }

  private static void assertSame(
      GoldenCase golden, Expectation expectation, @Nullable Object[] actual) {
    assertThat(SameValue.allSame(actual, expectation.values()))
        .as(
            "%s as of %s: %s should be %s",
            golden.name(),
            Instant.ofEpochMilli(expectation.asOfMillis()),
            Arrays.toString(actual),
            Arrays.toString(expectation.values()))
        .isTrue();
  }
}
