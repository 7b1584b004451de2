package io.freshet.oracle;

import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A view, the events of two keys as they arrive, and a time to answer as of, drawn from a seed: the
 * same seed gives the same case. Events come out of order, some behind what a source may be late,
 * some dated at the as-of time and later; some have the same time, values are null, huge or not
 * finite; some events have ids, and copies. Seeds of one group have the same as-of time and the
 * same rule for copies.
 *
 * @param maxDisorderMillis of the source
 * @param copies the source's rule for copies, or null if it has none
 */
public record RandomCase(
    long seed,
    BoundView view,
    long maxDisorderMillis,
    @Nullable Deduplication copies,
    long asOfMillis,
    List<Arrival> arrivals) {
  /** How many seeds that follow one another from a multiple of it share an as-of time. */
  public static final int GROUP = 200;

  public static final List<String> KEYS = List.of("a", "b");

  private static final int MOST_EVENTS = 60;
  private static final long BASE = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long[] ROUNDED_TO = {1, 1, 1000, 300_000, 3_600_000, 86_400_000};
  private static final long[] WITHIN_MILLIS = {0, 1000, 60_000, 3_600_000, 86_400_000};
  private static final int[] SHARES_OF_SPAN = {1000, 50, 8};

  public RandomCase {
    arrivals = List.copyOf(arrivals);
  }

  /**
   * An event that arrives.
   *
   * @param id what its copies have in common, or null if it has none
   * @param settles whether the source's watermark follows before the next one arrives
   */
  public record Arrival(String key, OracleEvent event, @Nullable String id, boolean settles) {}

  public static RandomCase of(long seed) {
    Random random = new Random(seed);
    BoundView drawn = RandomView.of(random, RandomSource.filter(random), 0);
    Random group = new Random(Math.floorDiv(seed, GROUP));
    long asOf = BASE + group.nextLong(Duration.ofDays(60).toMillis());
    asOf = Window.floor(asOf, ROUNDED_TO[group.nextInt(ROUNDED_TO.length)]);
    Deduplication copies =
        group.nextBoolean()
            ? new Deduplication("id", WITHIN_MILLIS[group.nextInt(WITHIN_MILLIS.length)])
            : null;
    long span = 1 + (long) (RandomKey.reachMillis(drawn) * 1.5 * random.nextDouble());
    long disorder = span / SHARES_OF_SPAN[random.nextInt(SHARES_OF_SPAN.length)];
    long lateness = random.nextBoolean() ? 0 : disorder;
    BoundView view = Views.allowing(drawn, lateness);
    List<Arrival> arrivals = arrivals(random, view, asOf, span, 2 * (disorder + lateness));
    return new RandomCase(seed, view, disorder, copies, asOf, arrivals);
  }

  public RandomCase with(BoundView changed) {
    return new RandomCase(seed, changed, maxDisorderMillis, copies, asOfMillis, arrivals);
  }

  public RandomCase with(List<Arrival> changed) {
    return new RandomCase(seed, view, maxDisorderMillis, copies, asOfMillis, changed);
  }

  public SourcePlan source() {
    return RandomSource.plan(List.of("key"), maxDisorderMillis, copies);
  }

  /** The values by the oracle of these arrivals: of what the filter passes and is no copy. */
  public @Nullable Object[] expected(String key, List<Arrival> counted) {
    List<Arrival> own =
        counted.stream()
            .filter(arrival -> arrival.key().equals(key))
            .filter(arrival -> RandomSource.passes(view.filter(), arrival.event()))
            .toList();
    List<OracleEvent> events =
        IntStream.range(0, own.size())
            .filter(at -> !isCopy(own.get(at), own.subList(0, at)))
            .mapToObj(at -> own.get(at).event())
            .toList();
    return BruteForceOracle.valuesAsOf(view, events, asOfMillis);
  }

  /**
   * The arrivals before the as-of time that are not late for a stream: one that is behind what the
   * watermark came to, by more than the view allows, does not count.
   */
  public List<Arrival> inTime() {
    List<Arrival> counted = new ArrayList<>();
    long newest = Long.MIN_VALUE;
    long completeThrough = Long.MIN_VALUE;
    for (Arrival arrival : arrivals) {
      long time = arrival.event().timeMillis();
      if (time >= asOfMillis) {
        continue;
      }
      newest = Math.max(newest, time);
      if (completeThrough == Long.MIN_VALUE
          || time >= completeThrough - view.allowedLatenessMillis()) {
        counted.add(arrival);
      }
      if (arrival.settles()) {
        completeThrough = newest - maxDisorderMillis;
      }
    }
    return counted;
  }

  /** A readable text of the case. */
  @Override
  public String toString() {
    return CaseText.of(this);
  }

  private boolean isCopy(Arrival arrival, List<Arrival> before) {
    Deduplication rule = copies;
    if (rule == null || arrival.id() == null) {
      return false;
    }
    long time = arrival.event().timeMillis();
    return before.stream()
        .filter(earlier -> arrival.id().equals(earlier.id()))
        .anyMatch(earlier -> Math.abs(earlier.event().timeMillis() - time) <= rule.withinMillis());
  }

  private static List<Arrival> arrivals(
      Random random, BoundView view, long asOf, long span, long mostDelay) {
    boolean special = random.nextInt(8) == 0;
    List<Delayed> delayed = new ArrayList<>();
    int count = random.nextInt(MOST_EVENTS);
    for (int i = 0; i < count; i++) {
      long time = asOf - 1 - random.nextLong(span);
      if (random.nextInt(4) == 0) {
        time = Window.floor(time, RandomKey.hopOf(view));
      } else if (random.nextInt(4) == 0 && !delayed.isEmpty()) {
        time = delayed.get(random.nextInt(delayed.size())).event().timeMillis();
      } else if (random.nextInt(20) == 0) {
        time = asOf + random.nextInt(3) * (long) random.nextInt(1000);
      }
      OracleEvent event = new OracleEvent(time, RandomKey.inputs(random, view, special));
      delayed.add(delayed(random, event, mostDelay));
    }
    for (int i = 0; i < count / 6; i++) {
      Arrival original = delayed.get(random.nextInt(count)).arrival();
      delayed.add(new Delayed(original.event().timeMillis() + random.nextLong(span), original));
    }
    delayed.sort(Comparator.comparingLong(Delayed::arrivesAt));
    return delayed.stream().map(Delayed::arrival).toList();
  }

  private static Delayed delayed(Random random, OracleEvent event, long mostDelay) {
    long delay = random.nextInt(3) == 0 ? random.nextLong(1 + mostDelay) : 0;
    String id =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> "i" + random.nextInt(4);
          default -> "n" + random.nextInt(Integer.MAX_VALUE);
        };
    String key = KEYS.get(random.nextInt(KEYS.size()));
    return new Delayed(
        event.timeMillis() + delay, new Arrival(key, event, id, random.nextInt(3) == 0));
  }

  private record Delayed(long arrivesAt, Arrival arrival) {
    OracleEvent event() {
      return arrival.event();
    }
  }
}
