package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JobManager that dies forgets its jobs: who submits one again finds what it has retained. */
@WithFaults
@Tag("nightly")
class JobManagerKillIT {
  private static final int BATCH = 300;

  @Test
  void theJobGoesOnFromItsNewestRetainedCheckpointUnderAnotherId(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.logged(bed, Sources.of("jm-kill"))) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob first = stream.submit(null);
      try (ReaderWatch watch = stream.watch()) {
        sendAndCheckpoint(stream, departures);
        sendAndCheckpoint(stream, departures);
        stream.sendUncovered(departures, BATCH);

        bed.cluster().killJobManager();
        long replayed = stream.uncovered();
        System.out.println("replayed after the kill of the JobManager: " + replayed + " events");
        assertThat(replayed).isGreaterThanOrEqualTo(BATCH);
        stream.send(departures.draw(BATCH));
        bed.cluster().startJobManager();
        bed.awaitSlots();
        assertThat(bed.rest().find("/jobs").get("jobs").size()).as("jobs it knows of").isZero();

        List<Path> retained = stream.retained().newestFirst(first.id());
        assertThat(retained).hasSizeGreaterThanOrEqualTo(2);
        RunningJob second = stream.submit(retained.get(0));
        stream.awaitOracle();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.checkpoints("restored")).isEqualTo(1);
        assertThat(second.restoredFrom()).endsWith(retained.get(0).toString());
        stream.send(departures.draw(BATCH));
        stream.awaitOracle();
        watch.assertNeverWrong();
      }
      stream.checkpointAll();
      stream.logs().awaitOracle(stream.sent());
    }
  }

  private static void sendAndCheckpoint(Stream stream, SeededDepartures departures)
      throws Exception {
    stream.send(departures.draw(BATCH));
    stream.awaitOracle();
    stream.checkpointAll();
  }
}
