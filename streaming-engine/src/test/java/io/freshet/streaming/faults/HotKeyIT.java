package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.Departure;
import io.freshet.streaming.Soon;
import io.freshet.streaming.SourceTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A key with nearly all of the traffic does not keep the others from their freshness. */
@WithFaults
class HotKeyIT {
  private static final String HOT = "HOT";
  private static final double HOT_SHARE = 0.9;
  private static final int BATCH = 200;
  private static final SteadyRate RATE = new SteadyRate(150, Duration.ofMillis(100));
  private static final int BATCHES_A_PROBE = 3;
  private static final Duration MAX_STALENESS = Duration.ofSeconds(10);

  @Test
  void theRowsOfOtherKeysAreServedWithinTheirFreshness(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, "hot-key");
        FreshnessProbes probes = new FreshnessProbes(stream.rows(), stream.view())) {
      stream.submit(null);
      Traffic traffic = new Traffic(seed, stream.topics(), probes);
      traffic.warmUp();
      Soon.eventually(() -> stream.rows().matchRecomputation(stream.view(), traffic.sent));

      RATE.run(traffic::send);

      List<Duration> staleness = probes.staleness();
      System.out.printf(
          "staleness of %d other keys next to the hot one: median %d ms, p95 %d ms, most %d ms%n",
          staleness.size(),
          millisAt(staleness, 0.5),
          millisAt(staleness, 0.95),
          millisAt(staleness, 1));
      assertThat(traffic.hotShare()).isGreaterThan(0.85);
      assertThat(staleness)
          .hasSize(RATE.times() / BATCHES_A_PROBE)
          .allMatch(waited -> waited.compareTo(MAX_STALENESS) < 0);
      Soon.eventually(() -> stream.rows().matchRecomputation(stream.view(), traffic.sent));
      assertThat(stream.job().metric("lateEvents")).isZero();
    }
  }

  private static long millisAt(List<Duration> ascending, double share) {
    int place = (int) Math.ceil(share * ascending.size());
    return ascending.get(Math.max(1, place) - 1).toMillis();
  }

  /** Nine of ten departures are of one origin; now and then one is of an origin of its own. */
  private static final class Traffic {
    private final SeededDepartures departures;
    private final Random random;
    private final SourceTopics topics;
    private final FreshnessProbes probes;
    private final List<Departure> sent = new ArrayList<>();

    Traffic(FaultSeed seed, SourceTopics topics, FreshnessProbes probes) {
      this.departures = new SeededDepartures(seed);
      this.random = departures.random();
      this.topics = topics;
      this.probes = probes;
    }

    /** Sends some to a job that is only starting. */
    void warmUp() throws Exception {
      deliver(departures.draw(BATCH));
    }

    void send(int turn) throws Exception {
      List<Departure> batch = new ArrayList<>();
      for (Departure departure : departures.draw(BATCH)) {
        boolean isHot = random.nextDouble() < HOT_SHARE;
        batch.add(isHot ? new Departure(HOT, departure.atMillis(), departure.delay()) : departure);
      }
      if (turn % BATCHES_A_PROBE == 0) {
        Departure probe = new Departure("P" + turn, System.currentTimeMillis(), (long) turn);
        batch.add(probe);
        probes.watch(probe);
      }
      deliver(batch);
    }

    double hotShare() {
      return sent.stream().filter(departure -> departure.origin().equals(HOT)).count()
          / (double) sent.size();
    }

    private void deliver(List<Departure> batch) throws Exception {
      sent.addAll(batch);
      topics.send(batch);
    }
  }
}
