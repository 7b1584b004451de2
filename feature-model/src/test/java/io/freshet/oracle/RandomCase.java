package io.freshet.oracle;

import io.freshet.plan.BoundView;
import io.freshet.plan.SourcePlan;
import io.freshet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A view, the events of two keys as they arrive, and a time to answer as of, drawn from a seed: the
 * same seed gives the same case. Events come out of order, some behind what a source may be late,
 * some dated at the as-of time and later; some have the same time, values are null, huge or not
 * finite. Seeds of one group have the same as-of time.
 *
 * @param maxDisorderMillis of the source
 */
public record RandomCase(
    long seed, BoundView view, long maxDisorderMillis, long asOfMillis, List<Arrival> arrivals) {
  /** How many seeds that follow one another from a multiple of it share an as-of time. */
  public static final int GROUP = 200;

  public static final List<String> KEYS = List.of("a", "b");

  private static final int MOST_EVENTS = 60;
  private static final long BASE = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long[] ROUNDED_TO = {1, 1, 1000, 300_000, 3_600_000, 86_400_000};
  private static final int[] SHARES_OF_SPAN = {1000, 50, 8};

  public RandomCase {
    arrivals = List.copyOf(arrivals);
  }

  /**
   * An event that arrives.
   *
   * @param settles whether the source's watermark follows before the next one arrives
   */
  public record Arrival(String key, OracleEvent event, boolean settles) {}

  public static RandomCase of(long seed) {
    Random random = new Random(seed);
    BoundView drawn = RandomView.of(random, RandomSource.filter(random), 0);
    long asOf = asOfGroup(Math.floorDiv(seed, GROUP));
    long span = 1 + (long) (RandomKey.reachMillis(drawn) * 1.5 * random.nextDouble());
    long disorder = span / SHARES_OF_SPAN[random.nextInt(SHARES_OF_SPAN.length)];
    long lateness = random.nextBoolean() ? 0 : disorder;
    BoundView view = Views.allowing(drawn, lateness);
    List<Arrival> arrivals = arrivals(random, view, asOf, span, 2 * (disorder + lateness));
    return new RandomCase(seed, view, disorder, asOf, arrivals);
  }

  public RandomCase with(BoundView changed) {
    return new RandomCase(seed, changed, maxDisorderMillis, asOfMillis, arrivals);
  }

  public RandomCase with(List<Arrival> changed) {
    return new RandomCase(seed, view, maxDisorderMillis, asOfMillis, changed);
  }

  public SourcePlan source() {
    return RandomSource.plan(maxDisorderMillis);
  }

  /** The values by the oracle, if these arrivals count: what the filter passes. */
  public @Nullable Object[] expected(String key, List<Arrival> counted) {
    List<OracleEvent> events =
        counted.stream()
            .filter(arrival -> arrival.key().equals(key))
            .map(Arrival::event)
            .filter(event -> RandomSource.passes(view.filter(), event))
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

  private static long asOfGroup(long group) {
    Random random = new Random(group);
    long time = BASE + random.nextLong(Duration.ofDays(60).toMillis());
    return Window.floor(time, ROUNDED_TO[random.nextInt(ROUNDED_TO.length)]);
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
      long delay = random.nextInt(3) == 0 ? random.nextLong(1 + mostDelay) : 0;
      delayed.add(new Delayed(time + delay, event));
    }
    delayed.sort(Comparator.comparingLong(Delayed::arrivesAt));
    return delayed.stream()
        .map(
            one ->
                new Arrival(
                    KEYS.get(random.nextInt(KEYS.size())), one.event(), random.nextInt(3) == 0))
        .toList();
  }

  private record Delayed(long arrivesAt, OracleEvent event) {}
}
