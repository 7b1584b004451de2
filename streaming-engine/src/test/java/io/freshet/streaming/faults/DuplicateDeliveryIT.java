package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.SourcePlan;
import io.freshet.streaming.Departure;
import io.freshet.streaming.Flights;
import io.freshet.streaming.Soon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that a producer sends again count once, also where a failure is in between. */
@WithFaults
class DuplicateDeliveryIT {
  private static final long WITHIN_MILLIS = 300_000;

  @Test
  void copiesOfRecordsChangeNothing(FaultBed bed, FaultSeed seed) throws Exception {
    SourcePlan source = Flights.withCopies(Sources.of("copies"), WITHIN_MILLIS);
    try (Stream stream = Stream.open(bed, source, bed.folder().resolve("checkpoints-copies"))) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      List<Departure> originals = withIds(departures.draw(400));
      List<Departure> copies = new ArrayList<>(originals);
      Collections.shuffle(copies, departures.random());
      try (ReaderWatch watch = stream.watch()) {
        stream.send(originals);
        stream.topics().send(copies.subList(0, 250));
        stream.awaitOracle();
        stream.topics().send(copies);
        Soon.eventually(() -> assertThat(job.metric("duplicateEvents")).isEqualTo(650));
        stream.awaitOracle();
        watch.assertNeverWrong();
      }
      assertThat(stream.counted()).isEqualTo(originals.size());
      assertThat(job.metric("lateEvents")).isZero();
    }
  }

  /** Each with a delay of its own, which is the id of the source's events. */
  private static List<Departure> withIds(List<Departure> departures) {
    List<Departure> numbered = new ArrayList<>();
    for (Departure departure : departures) {
      numbered.add(new Departure(departure.origin(), departure.atMillis(), (long) numbered.size()));
    }
    return numbered;
  }
}
