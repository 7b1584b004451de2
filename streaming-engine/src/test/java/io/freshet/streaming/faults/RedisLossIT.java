package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Departure;
import io.freshet.streaming.Flights;
import io.freshet.streaming.ServedRows;
import io.freshet.streaming.Soon;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A store that lost everything misses rows and has no wrong ones. A row comes back with its key's
 * next event or when its window next decays, and all of them on command, from the topic.
 */
@WithFaults
class RedisLossIT {
  private static final long SHORT_WINDOW_MILLIS = 20_000;

  @Test
  void rowsAreMissingNeverWrongAndComeBackByThemselvesAndOnCommand(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, "redis-loss")) {
      ViewPlan all = stream.view();
      ViewPlan recent = Flights.view("redis-loss", "recent", 2, SHORT_WINDOW_MILLIS);
      ServedRows rows = stream.rows();
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null, List.of(all, recent));
      stream.send(departures.draw(400));
      stream.awaitOracle();
      Soon.eventually(() -> rows.matchRecomputation(recent, stream.sent()));

      Set<String> origins = Set.copyOf(stream.sentByOrigin().keySet());
      try (ReaderWatch watch = stream.watch()) {
        stream.redis().kill();
        stream.redis().restartEmpty();
        Soon.eventually(
            () -> assertThat(origins).allMatch(origin -> rows.find(all, origin) == null));
        String first = departures.origin();
        List<Departure> ofSome =
            departures.draw(100).stream().filter(event -> isNear(event.origin(), first)).toList();
        stream.send(ofSome);

        Set<String> touched =
            ofSome.stream().map(Departure::origin).collect(Collectors.toUnmodifiableSet());
        Soon.eventually(
            () ->
                rows.matchRecomputation(
                    all,
                    stream.sent().stream()
                        .filter(event -> touched.contains(event.origin()))
                        .toList()));
        Soon.eventually(() -> rows.matchRecomputation(recent, stream.sent()));
        assertThat(origins)
            .filteredOn(origin -> !touched.contains(origin))
            .isNotEmpty()
            .allMatch(origin -> rows.find(all, origin) == null);
        assertThat(watch.missing()).isPositive();
        watch.assertNeverWrong();
      }

      job.cancel();
      stream.submit(null, List.of(again(all), again(recent)));
      stream.awaitOracle();
      Soon.eventually(() -> rows.matchRecomputation(recent, stream.sent()));
    }
  }

  private static boolean isNear(String origin, String other) {
    return origin.charAt(origin.length() - 1) % 2 == other.charAt(other.length() - 1) % 2;
  }

  /** A later epoch, which fences whatever the job before it may still write. */
  private static ViewPlan again(ViewPlan plan) {
    return ViewPlan.live(plan.view(), plan.number(), Tier.STREAMING, plan.epoch() + 1);
  }
}
