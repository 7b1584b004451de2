package io.freshet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * However many events a key has, its state stays bounded: {@code length / hop + 2} tiles a window.
 * For ten minutes (hop 10 s) and thirty days (hop 1 d) these are 94 tiles; with a count, an
 * average, a variance and a maximum over both, 80 bytes each: 7,545 bytes with the header.
 */
class BoundedTilesTest {
  private static final Window TEN_MINUTES = Window.ofMillis(Duration.ofMinutes(10).toMillis());
  private static final Window THIRTY_DAYS = Window.ofMillis(Duration.ofDays(30).toMillis());
  private static final int MOST_TILES = 60 + 2 + 30 + 2;
  private static final int HEADER_BYTES = 25;

  /** A start, and the words of a count, a sum, a variance and a greatest value. */
  private static final int TILE_BYTES = 8 * (1 + 1 + 3 + 3 + 2);

  @Test
  void aKeyWithAnEventASecondForFortyDaysStaysBounded() {
    ViewAggregator kernel = ViewAggregator.of(view());
    KeyTiles tiles = kernel.empty();
    @Nullable Object[] inputs = {1.5};
    long nextChange = Long.MAX_VALUE;
    int mostTiles = 0;
    int mostBytes = 0;

    for (long second = 0; second < Duration.ofDays(40).toSeconds(); second++) {
      long time = second * 1000;
      kernel.add(tiles, time, inputs);
      if (time + 1 >= nextChange) {
        kernel.compact(tiles, time + 1);
      }
      nextChange = kernel.nextChangeAfter(tiles, time + 1);
      mostTiles = Math.max(mostTiles, tiles.size());
      if (second % 3600 == 0) {
        mostBytes = Math.max(mostBytes, kernel.encode(tiles).length);
      }
    }

    assertThat(mostTiles).isLessThanOrEqualTo(MOST_TILES);
    assertThat(mostBytes).isPositive().isLessThanOrEqualTo(HEADER_BYTES + MOST_TILES * TILE_BYTES);
  }

  private static BoundView view() {
    List<FeaturePlan> features = new ArrayList<>();
    for (Window window : List.of(TEN_MINUTES, THIRTY_DAYS)) {
      String suffix = "_" + window.lengthMillis();
      features.add(feature("count" + suffix, Aggregation.COUNT, window));
      features.add(feature("average" + suffix, Aggregation.AVERAGE, window));
      features.add(feature("variance" + suffix, Aggregation.VARIANCE, window));
      features.add(feature("max" + suffix, Aggregation.MAX, window));
    }
    return new BoundView(
        "bounded",
        "view",
        "entity",
        List.of(Column.required("key", ValueType.STRING)),
        "source",
        List.of("key"),
        null,
        List.of(new InputPlan("value", ValueType.FLOAT64)),
        features,
        Delivery.EXACTLY_ONCE,
        0,
        0,
        0);
  }

  private static FeaturePlan feature(String name, Aggregation aggregation, Window window) {
    return new FeaturePlan(
        name, aggregation, 0, window, aggregation.resultType(ValueType.FLOAT64).orElseThrow());
  }
}
