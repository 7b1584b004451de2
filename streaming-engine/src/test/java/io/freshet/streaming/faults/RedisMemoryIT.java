package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.Departure;
import io.freshet.streaming.Soon;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A full store that evicts nothing holds the stream back until it has memory again. */
@WithFaults
@Tag("nightly")
class RedisMemoryIT {
  private static final int MANY_KEYS = 12_000;

  @Test
  void aFullStoreHoldsTheStreamBackAndNothingIsLost(FaultBed bed, FaultSeed seed) throws Exception {
    try (Stream stream = Stream.open(bed, "redis-full")) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      stream.awaitProgress();

      long refusedBefore = stream.redis().refusals();
      String limit = Long.toString(stream.redis().usedMemory() - 1);
      set(stream, "maxmemory-policy", "noeviction");
      set(stream, "maxmemory", limit);
      try (ReaderWatch watch = stream.watch()) {
        List<Departure> many = ofManyKeys(departures);
        stream.send(many);
        Soon.eventually(() -> assertThat(stream.redis().refusals()).isGreaterThan(refusedBefore));
        Soon.eventually(
            () -> assertThat(job.metric("backPressuredTimeMsPerSecond")).isGreaterThan(500));
        long through = stream.rows().completeThrough(stream.view());
        String checkpoint = job.requestCheckpoint();
        Soon.eventually(() -> assertThat(job.checkpoints("in_progress")).isEqualTo(1));
        assertThat(many)
            .anyMatch(event -> stream.rows().find(stream.view(), event.origin()) == null);
        assertThat(stream.rows().completeThrough(stream.view())).isEqualTo(through);

        set(stream, "maxmemory", "0");
        stream.awaitOracle();
        Soon.eventually(
            () ->
                assertThat(job.outcome(checkpoint).get("status").get("id").asString())
                    .isEqualTo("COMPLETED"));
        watch.assertNeverWrong();
      }
      stream.awaitProgress();
    }
  }

  private static void set(Stream stream, String parameter, String value) {
    assertThat(stream.redis().<String>ask(redis -> redis.configSet(parameter, value)))
        .isEqualTo("OK");
  }

  /** More keys than the sink has on their way at a time. */
  private static List<Departure> ofManyKeys(SeededDepartures departures) {
    List<Departure> many = new ArrayList<>();
    int i = 0;
    for (Departure drawn : departures.draw(MANY_KEYS * 2)) {
      many.add(new Departure("M" + i++ % MANY_KEYS, drawn.atMillis(), drawn.delay()));
    }
    return many;
  }
}
