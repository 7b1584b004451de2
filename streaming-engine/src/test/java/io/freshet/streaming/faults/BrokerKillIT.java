package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.streaming.Departure;
import io.freshet.streaming.Soon;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A broker that dies holds the stream up, makes nothing late and no log wrong. */
@WithFaults
@Tag("nightly")
class BrokerKillIT {
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  /** Far more than the outage: an event waits in its producer until the broker is back. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  void whatWasOnItsWayIsCountedOnceWhenTheBrokerIsBack(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.logged(bed, Sources.patient("broker-kill", PATIENCE.toMillis()))) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      stream.checkpointAll();
      stream.awaitProgress();

      try (ReaderWatch watch = stream.watch()) {
        stream.send(departures.draw(300));
        stream.awaitOracle();
        Soon.eventually(() -> assertThat(stream.logs().isInMidTransaction()).isTrue());
        bed.kafka().kill();
        long killedAt = System.currentTimeMillis();
        List<Departure> during = departures.draw(300);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(stream, during));
        await()
            .during(OUTAGE)
            .atMost(OUTAGE.multipliedBy(2))
            .untilAsserted(
                () -> {
                  assertThat(sending).isNotDone();
                  assertThat(stream.rows().completeThrough(stream.view()))
                      .isLessThanOrEqualTo(killedAt - PATIENCE.toMillis());
                });
        bed.kafka().restart();
        sending.join();
        stream.awaitOracle();
        stream.awaitProgress();
        stream.checkpointAll();
        stream.logs().awaitOracle(stream.sent());
        watch.assertNeverWrong();
      }
      assertThat(job.metric("lateEvents")).isZero();
    }
  }

  private static void send(Stream stream, List<Departure> departures) {
    try {
      stream.send(departures);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
