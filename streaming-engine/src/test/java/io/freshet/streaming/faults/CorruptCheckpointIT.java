package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.streaming.Soon;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A checkpoint that cannot be read is said to be so, and the one before it serves as well. */
@WithFaults
@Tag("nightly")
class CorruptCheckpointIT {
  private static final int BATCH = 300;

  @Test
  void aCutOffNewestCheckpointFailsTheJobLoudlyAndTheOneBeforeGivesTheSameRows(
      FaultBed bed, FaultSeed seed) throws Exception {
    try (Stream stream = Stream.open(bed, "corrupt")) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob first = stream.submit(null);
      for (int i = 0; i < 2; i++) {
        stream.send(departures.draw(BATCH));
        stream.awaitOracle();
        stream.checkpointAll();
      }
      stream.send(departures.draw(BATCH));
      stream.awaitOracle();
      first.cancel();
      List<Path> retained = stream.retained().newestFirst(first.id());
      cutOff(retained.get(0).resolve("_metadata"), departures);

      assertThatThrownBy(() -> stream.submit(retained.get(0)))
          .hasMessageContaining("Could not start the JobMaster");
      Soon.eventually(() -> assertThat(stream.job().state()).isEqualTo("FAILED"));

      try (ReaderWatch watch = stream.watch()) {
        stream.send(departures.draw(BATCH));
        RunningJob sound = stream.submit(retained.get(1));
        stream.awaitOracle();
        assertThat(sound.restoredFrom()).endsWith(retained.get(1).toString());
        watch.assertNeverWrong();
      }
      stream.awaitProgress();
    }
  }

  /** Leaves a part of the file, as a crash of its disk may. */
  private static void cutOff(Path file, SeededDepartures departures) throws Exception {
    long length = Files.size(file);
    long left = departures.random().nextLong(8, length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(left);
    }
    System.out.println("left " + left + " of " + length + " bytes of " + file);
  }
}
