package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.SourcePlan;
import io.freshet.streaming.Departure;
import io.freshet.streaming.Soon;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Producers whose clocks are ahead harm nobody's events but, at most, their own. */
@WithFaults
class ClockSkewIT {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_YEARS = Duration.ofDays(3_652);

  @Test
  void eventsOfTheFutureAreDeadLettersAndMoveNothing(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, "skew")) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      for (int i = 0; i < 5; i++) {
        stream.send(departures.draw(60));
        stream.topics().send(ahead(departures.draw(6), DAY));
        stream.topics().send(ahead(departures.draw(4), TEN_YEARS));
      }
      stream.awaitOracle();
      Soon.eventually(() -> assertThat(refusedAsOfTheFuture(stream)).isEqualTo(50));
      stream.awaitProgress();
      assertThat(stream.rows().completeThrough(stream.view()))
          .isLessThanOrEqualTo(System.currentTimeMillis() - Sources.DISORDER_MILLIS);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      assertThat(stream.counted()).isEqualTo(600);
      assertThat(job.metric("lateEvents")).isZero();
    }
  }

  @Test
  void eventsThatMayBeADayAheadMakeNoOthersLate(FaultBed bed, FaultSeed seed) throws Exception {
    SourcePlan source = Sources.of("skew-allowed", 2 * DAY.toMillis());
    try (Stream stream =
        Stream.open(bed, source, bed.folder().resolve("checkpoints-skew-allowed"))) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      for (int i = 0; i < 5; i++) {
        stream.send(departures.draw(60));
        stream.send(ofOwnOrigins(ahead(departures.draw(6), DAY)));
        stream.topics().send(ahead(departures.draw(4), TEN_YEARS));
      }
      stream.awaitOracle();
      Soon.eventually(() -> assertThat(refusedAsOfTheFuture(stream)).isEqualTo(20));
      stream.awaitProgress();
      assertThat(stream.rows().completeThrough(stream.view()))
          .isLessThanOrEqualTo(System.currentTimeMillis() - Sources.DISORDER_MILLIS);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      assertThat(stream.counted()).isEqualTo(630);
      assertThat(job.metric("lateEvents")).isZero();
    }
  }

  private static List<Departure> ahead(List<Departure> departures, Duration by) {
    return departures.stream()
        .map(
            event -> new Departure(event.origin(), event.atMillis() + by.toMillis(), event.delay()))
        .toList();
  }

  /** A row as of tomorrow has no events of today: those of other origins are compared. */
  private static List<Departure> ofOwnOrigins(List<Departure> departures) {
    return departures.stream()
        .map(event -> new Departure("AHEAD", event.atMillis(), event.delay()))
        .toList();
  }

  private static long refusedAsOfTheFuture(Stream stream) {
    return stream.topics().deadLetters().stream()
        .filter(letter -> "FUTURE".equals(letter.headers().get("freshet-kind")))
        .count();
  }
}
