package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.Soon;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A TaskManager that dies takes nothing with it, and what is replayed is not counted twice. */
@WithFaults
class TaskManagerKillIT {
  private static final int BATCH = 300;

  @Test
  void aKillInTheMiddleOfACheckpointLosesAndDoublesNothing(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, "tm-mid")) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = started(stream, departures);
      try (ReaderWatch watch = stream.watch()) {
        killInTheMiddleOfACheckpoint(bed, stream, departures);
        watch.assertNeverWrong();
      }
      assertThat(job.checkpoints("restored")).isPositive();
    }
  }

  @Test
  @Tag("nightly")
  void threeKillsOneOfThemInTheMiddleOfACheckpointLoseAndDoubleNothing(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.logged(bed, Sources.of("tm-thrice"))) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = started(stream, departures);
      try (ReaderWatch watch = stream.watch()) {
        killAfterACheckpoint(bed, stream, departures);
        stream.checkpointAll();
        killInTheMiddleOfACheckpoint(bed, stream, departures);
        stream.checkpointAll();
        killAfterACheckpoint(bed, stream, departures);
        watch.assertNeverWrong();
      }
      assertThat(job.checkpoints("restored")).isGreaterThanOrEqualTo(3);
      stream.checkpointAll();
      stream.logs().awaitOracle(stream.sent());
    }
  }

  private static RunningJob started(Stream stream, SeededDepartures departures) throws Exception {
    RunningJob job = stream.submit(null);
    stream.send(departures.draw(BATCH));
    stream.awaitOracle();
    stream.checkpointAll();
    return job;
  }

  private static void killAfterACheckpoint(FaultBed bed, Stream stream, SeededDepartures departures)
      throws Exception {
    stream.sendUncovered(departures, BATCH);
    killAndGoOn(bed, stream, departures);
  }

  /** The store hangs, so that the checkpoint waits for rows that are on their way to it. */
  private static void killInTheMiddleOfACheckpoint(
      FaultBed bed, Stream stream, SeededDepartures departures) throws Exception {
    RunningJob job = stream.job();
    stream.sendUncovered(departures, BATCH);
    stream.redis().freeze();
    try {
      stream.send(departures.draw(BATCH));
      job.requestCheckpoint();
      Soon.eventually(() -> assertThat(job.checkpoints("in_progress")).isEqualTo(1));
      long failed = job.checkpoints("failed");
      bed.cluster().killTaskManager();
      Soon.eventually(() -> assertThat(job.checkpoints("failed")).isGreaterThan(failed));
    } finally {
      stream.redis().thaw();
    }
    goOn(bed, stream, departures);
  }

  private static void killAndGoOn(FaultBed bed, Stream stream, SeededDepartures departures)
      throws Exception {
    bed.cluster().killTaskManager();
    goOn(bed, stream, departures);
  }

  private static void goOn(FaultBed bed, Stream stream, SeededDepartures departures)
      throws Exception {
    long replayed = stream.uncovered();
    System.out.println("replayed after the kill of the TaskManager: " + replayed + " events");
    assertThat(replayed).isGreaterThanOrEqualTo(BATCH);
    bed.cluster().startTaskManager();
    Soon.eventually(
        () -> assertThat(stream.job().metric("upsertsSuperseded")).as("replays").isPositive());
    stream.send(departures.draw(BATCH));
    stream.awaitOracle();
  }
}
