package io.freshet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.oracle.GoldenCase;
import io.freshet.oracle.GoldenCase.Expectation;
import io.freshet.oracle.SameValue;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BeyondBound;
import io.freshet.plan.FeaturePlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committed bytes are the tiles of golden cases, of the key and time of the first expectation.
 * Tiles with sketches are only read back: how DataSketches orders what a sketch holds is its own
 * affair and may change with its release, while what is read must not.
 */
class TilesVersionTest {
  private static final List<GoldenCase> CASES = GoldenCase.all();

  /** A line of the committed file: the name of a golden case and the bytes of its tiles. */
  record Committed(GoldenCase golden, String hex) {
    @Override
    public String toString() {
      return golden.name();
    }
  }

  static List<Committed> withoutSketches() {
    return committed().stream()
        .filter(one -> one.golden().view().features().stream().noneMatch(f -> isSketched(f)))
        .toList();
  }

  static List<Committed> committed() {
    return lines().stream()
        .map(line -> line.split(" ", -1))
        .map(parts -> new Committed(golden(parts[0]), parts[1]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("committed")
  void tilesOfVersionOneAreReadBack(Committed committed) {
    GoldenCase golden = committed.golden();
    Expectation expectation = golden.expectations().get(0);
    ViewAggregator kernel = ViewAggregator.of(golden.view());

    KeyTiles tiles = kernel.decode(HexFormat.of().parseHex(committed.hex()));

    assertThat(tiles.events()).isEqualTo(golden.eventsOf(expectation).size());
    assertThat(
            SameValue.allSame(
                kernel.valuesAsOf(tiles, expectation.asOfMillis()), expectation.values()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("withoutSketches")
  void tilesAreWrittenInVersionOne(Committed committed) {
    GoldenCase golden = committed.golden();
    ViewAggregator kernel = ViewAggregator.of(golden.view());
    KeyTiles tiles = kernel.empty();
    golden
        .eventsOf(golden.expectations().get(0))
        .forEach(event -> kernel.add(tiles, event.timeMillis(), event.inputs()));

    assertThat(HexFormat.of().formatHex(kernel.encode(tiles))).isEqualTo(committed.hex());
  }

  @Test
  void everyAggregationIsAmongTheCommitted() {
    assertThat(committed())
        .flatExtracting(one -> one.golden().view().features())
        .extracting(FeaturePlan::aggregation)
        .contains(Aggregation.values());
  }

  @Test
  void bytesThatAreNoTilesOfTheViewAreRefused() {
    ViewAggregator kernel = ViewAggregator.of(committed().get(0).golden().view());
    byte[] bytes = kernel.encode(kernel.empty());
    byte[] newer = bytes.clone();
    newer[0] = 2;
    byte[] other = bytes.clone();
    other[2]++;

    assertThatThrownBy(() -> kernel.decode(newer)).hasMessageContaining("version 2");
    assertThatThrownBy(() -> kernel.decode(other)).hasMessageContaining("the view's have");
    assertThatThrownBy(() -> kernel.decode(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are not all of them");
  }

  private static boolean isSketched(FeaturePlan feature) {
    return switch (feature.aggregation()) {
      case APPROX_UNIQUE_COUNT, APPROX_PERCENTILE -> true;
      default -> feature.parameters().beyondBound() == BeyondBound.APPROXIMATE;
    };
  }

  private static GoldenCase golden(String name) {
    return CASES.stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> lines() {
    try (InputStream in = TilesVersionTest.class.getResourceAsStream("/golden/tiles-v1.txt")) {
      return new String(
              Objects.requireNonNull(in, "tiles-v1.txt").readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
