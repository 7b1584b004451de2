package io.freshet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.OracleEvent;
import io.freshet.oracle.RandomKey;
import io.freshet.oracle.SameValue;
import io.freshet.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws hold for keys drawn from fixed seeds and from fresh ones; a failure names its seed. */
class ViewAggregatorLawsTest {
  private static final int FIXED_SEEDS = 120;
  private static final int FRESH_SEEDS = 60;

  static LongStream seeds() {
    return LongStream.concat(LongStream.range(0, FIXED_SEEDS), new Random().longs(FRESH_SEEDS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theKernelAgreesWithTheOracleUnderAnyOrderAndGrouping(long seed) {
    RandomKey key = RandomKey.of(seed);
    ViewAggregator kernel = ViewAggregator.of(key.view());
    Random random = new Random(seed);

    List<KeyTiles> groups = new ArrayList<>();
    for (List<OracleEvent> group : split(key.events(), 1 + random.nextInt(6), random)) {
      groups.add(tilesOf(kernel, group));
    }
    while (groups.size() > 1) {
      KeyTiles from = groups.remove(random.nextInt(groups.size()));
      kernel.merge(groups.get(random.nextInt(groups.size())), from);
    }

    for (int i = 0; i < 5; i++) {
      long asOf = key.afterAll() + random.nextLong(key.reachMillis());
      assertOracle(seed, key, kernel, groups.get(0), asOf);
    }
    assertThat(groups.get(0).events()).as("seed %d", seed).isEqualTo(key.events().size());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mergeHasAnIdentityAndIsAssociativeAndCommutative(long seed) {
    RandomKey key = RandomKey.of(seed);
    ViewAggregator kernel = ViewAggregator.of(key.view());
    long asOf = key.afterAll();
    List<List<OracleEvent>> parts = split(key.events(), 3, new Random(seed));
    KeyTiles a = tilesOf(kernel, parts.get(0));
    KeyTiles b = tilesOf(kernel, parts.get(1));
    KeyTiles c = tilesOf(kernel, parts.get(2));

    @Nullable Object[] alone = kernel.valuesAsOf(a, asOf);
    assertSame(seed, kernel.valuesAsOf(merged(kernel, a, kernel.empty()), asOf), alone);
    assertSame(seed, kernel.valuesAsOf(merged(kernel, kernel.empty(), a), asOf), alone);
    assertSame(
        seed,
        kernel.valuesAsOf(merged(kernel, a, b), asOf),
        kernel.valuesAsOf(merged(kernel, b, a), asOf));
    assertSame(
        seed,
        kernel.valuesAsOf(merged(kernel, merged(kernel, a, b), c), asOf),
        kernel.valuesAsOf(merged(kernel, a, merged(kernel, b, c)), asOf));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compactionChangesNoValueAndBoundsTheTiles(long seed) {
    RandomKey key = RandomKey.of(seed);
    ViewAggregator kernel = ViewAggregator.of(key.view());
    Random random = new Random(seed);
    KeyTiles tiles = kernel.empty();
    List<OracleEvent> seen = new ArrayList<>();
    long asOf = Long.MIN_VALUE;

    for (OracleEvent event : nearlyInOrder(key, random)) {
      kernel.add(tiles, event.timeMillis(), event.inputs());
      seen.add(event);
      asOf = Math.max(asOf, event.timeMillis() + 1);
      if (random.nextInt(3) == 0) {
        kernel.compact(tiles, asOf);
        assertThat((long) tiles.size()).as("tiles, seed %d", seed).isLessThanOrEqualTo(bound(key));
      }
      assertOracle(seed, new RandomKey(key.view(), List.copyOf(seen)), kernel, tiles, asOf);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aStateIsReadBackFromItsBytes(long seed) {
    RandomKey key = RandomKey.of(seed);
    ViewAggregator kernel = ViewAggregator.of(key.view());
    KeyTiles tiles = tilesOf(kernel, key.events());

    KeyTiles again = kernel.decode(kernel.encode(tiles));

    assertThat(kernel.encode(again)).as("seed %d", seed).isEqualTo(kernel.encode(tiles));
    assertThat(again.events()).isEqualTo(tiles.events());
    assertThat(again.newestEventMillis()).isEqualTo(tiles.newestEventMillis());
    assertOracle(seed, key, kernel, again, key.afterAll());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingChangesBeforeTheNextChangeAndTheLastLeavesWhatHoldsForEver(long seed) {
    RandomKey key = RandomKey.of(seed);
    ViewAggregator kernel = ViewAggregator.of(key.view());
    Random random = new Random(seed);
    KeyTiles tiles = tilesOf(kernel, key.events());
    long asOf = key.afterAll();
    kernel.compact(tiles, asOf);

    long next = kernel.nextChangeAfter(tiles, asOf);
    while (next != Long.MAX_VALUE) {
      assertThat(next).as("seed %d", seed).isGreaterThan(asOf);
      @Nullable Object[] before = BruteForceOracle.valuesAsOf(key.view(), key.events(), asOf);
      long between = random.nextLong(asOf, next);
      assertSame(seed, BruteForceOracle.valuesAsOf(key.view(), key.events(), between), before);
      assertSame(seed, BruteForceOracle.valuesAsOf(key.view(), key.events(), next - 1), before);
      asOf = next;
      kernel.compact(tiles, asOf);
      assertOracle(seed, key, kernel, tiles, asOf);
      next = kernel.nextChangeAfter(tiles, asOf);
    }

    int left = key.view().coversLifetime() && !key.events().isEmpty() ? 1 : 0;
    assertThat(tiles.size()).as("tiles left, seed %d", seed).isEqualTo(left);
    assertThat(kernel.isEmptyAsOf(tiles, asOf)).as("seed %d", seed).isEqualTo(left == 0);
    assertOracle(seed, key, kernel, tiles, asOf);
  }

  private static KeyTiles tilesOf(ViewAggregator kernel, List<OracleEvent> events) {
    KeyTiles tiles = kernel.empty();
    events.forEach(event -> kernel.add(tiles, event.timeMillis(), event.inputs()));
    return tiles;
  }

  private static KeyTiles merged(ViewAggregator kernel, KeyTiles left, KeyTiles right) {
    KeyTiles into = kernel.decode(kernel.encode(left));
    kernel.merge(into, right);
    return into;
  }

  private static List<List<OracleEvent>> split(List<OracleEvent> events, int parts, Random random) {
    List<OracleEvent> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    List<List<OracleEvent>> split = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      split.add(new ArrayList<>());
    }
    shuffled.forEach(event -> split.get(random.nextInt(parts)).add(event));
    return split;
  }

  /** By time, but every fifth event comes late. */
  private static List<OracleEvent> nearlyInOrder(RandomKey key, Random random) {
    List<OracleEvent> events = new ArrayList<>(key.events());
    events.sort(Comparator.comparingLong(OracleEvent::timeMillis));
    for (int i = 0; i < events.size() / 5; i++) {
      Collections.swap(events, random.nextInt(events.size()), random.nextInt(events.size()));
    }
    return events;
  }

  /** A window's hops, the one that it is within and the part of one that a finer window left. */
  private static long bound(RandomKey key) {
    return key.view().features().stream()
        .map(feature -> feature.window())
        .distinct()
        .mapToLong((Window window) -> window.lengthMillis() / window.hopMillis() + 2)
        .sum();
  }

  private static void assertOracle(
      long seed, RandomKey key, ViewAggregator kernel, KeyTiles tiles, long asOf) {
    assertSame(
        seed,
        kernel.valuesAsOf(tiles, asOf),
        BruteForceOracle.valuesAsOf(key.view(), key.events(), asOf));
  }

  private static void assertSame(
      long seed, @Nullable Object[] actual, @Nullable Object[] expected) {
    assertThat(SameValue.allSame(actual, expected))
        .as("seed %d: %s should be %s", seed, Arrays.toString(actual), Arrays.toString(expected))
        .isTrue();
  }
}
