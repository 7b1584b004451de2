package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import io.freshet.window.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of all features in one pass over the tiles. All windows end at the as-of time,
 * so each holds what the next shorter one holds and something older: the pass goes from the newest
 * tile back, takes the values of a window where it begins, and goes on with what longer windows
 * need.
 *
 * @param windows the shortest first
 * @param featuresOf of each window, the indexes of its features
 * @param neededFrom of each window, the accumulators that it or a longer one needs
 * @param accumulatorOf of each feature
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record RollingRead(
    FeaturePlan[] features,
    Window[] windows,
    int[][] featuresOf,
    Accumulator[][] neededFrom,
    Accumulator[] accumulatorOf) {

  static RollingRead of(List<FeaturePlan> features, TileLayout layout, Window[] windows) {
    Accumulator[] accumulatorOf =
        Arrays.stream(layout.accumulatorOfFeature())
            .mapToObj(layout.accumulators()::get)
            .toArray(Accumulator[]::new);
    int[][] featuresOf = new int[windows.length][];
    Accumulator[][] neededFrom = new Accumulator[windows.length][];
    for (int i = 0; i < windows.length; i++) {
      Window window = windows[i];
      featuresOf[i] =
          IntStream.range(0, features.size())
              .filter(feature -> features.get(feature).window().equals(window))
              .toArray();
      neededFrom[i] =
          IntStream.range(0, features.size())
              .filter(feature -> isAsLong(features.get(feature).window(), window))
              .mapToObj(feature -> accumulatorOf[feature])
              .distinct()
              .toArray(Accumulator[]::new);
    }
    return new RollingRead(
        features.toArray(FeaturePlan[]::new), windows, featuresOf, neededFrom, accumulatorOf);
  }

  /**
   * @param total an empty state, which is used up
   */
  @Nullable Object[] values(KeyTiles tiles, KeyTiles total, long asOfMillis) {
    @Nullable Object[] values = new @Nullable Object[features.length];
    int sum = total.at(0);
    int end = tiles.size();
    for (int i = 0; i < windows.length; i++) {
      int first = tiles.firstFrom(windows[i].startAsOf(asOfMillis));
      for (Accumulator accumulator : neededFrom[i]) {
        accumulator.merge(total, sum, tiles, first, end);
      }
      for (int feature : featuresOf[i]) {
        values[feature] = accumulatorOf[feature].result(features[feature], total, sum);
      }
      end = first;
    }
    return values;
  }

  private static boolean isAsLong(Window window, Window as) {
    return window.lengthMillis() >= as.lengthMillis();
  }
}
