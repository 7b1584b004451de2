package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.Soon;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where checkpoints find no space they fail for all to see, and rows are served nevertheless. */
@WithFaults
@Tag("nightly")
class CheckpointDiskFullIT {
  @Test
  void checkpointsFailLoudlyRowsStayRightAndSpaceHealsThem(FaultBed bed, FaultSeed seed)
      throws Exception {
    String project = "disk-full";
    try (SmallDisk disk = SmallDisk.mount(bed.folder().resolve("small-disk"));
        Stream stream = Stream.open(bed, Sources.of(project), disk.folder())) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      stream.checkpointAll();

      try (ReaderWatch watch = stream.watch()) {
        assertThat(disk.fill()).hasMessageContaining("No space left on device");
        long failed = job.checkpoints("failed");
        long completed = job.checkpoints("completed");
        stream.send(departures.draw(300));
        String checkpoint = job.requestCheckpoint();
        Soon.eventually(
            () -> {
              assertThat(job.outcome(checkpoint).toString()).contains("failureCause");
              assertThat(job.checkpoints("failed")).isGreaterThan(failed);
            });
        assertThat(job.checkpoints("completed")).isEqualTo(completed);
        assertThat(job.failures()).doesNotContain("tolerable failure threshold");
        stream.send(departures.draw(300));
        stream.awaitOracle();

        disk.empty();
        stream.checkpointAll();
        assertThat(job.checkpoints("completed")).isGreaterThan(completed);
        stream.awaitProgress();
        watch.assertNeverWrong();
      }
    }
  }
}
