package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.SessionCluster;
import io.freshet.streaming.Soon;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the design avoids: the same kill makes a sink that increments count events twice. */
@WithFaults
class IncrementsUnderKillIT {
  private static final String JOB_ID = "000000000000000000000000000001c2";
  private static final int BATCH = 300;

  @Test
  void aSinkThatIncrementsCountsTwiceWhereUpsertsCountOnce(FaultBed bed, FaultSeed seed)
      throws Exception {
    RunningJob incrementing = new RunningJob(bed.rest(), JOB_ID);
    try (Stream stream = Stream.open(bed, "increments")) {
      SeededDepartures departures = new SeededDepartures(seed);
      stream.submit(null);
      submitIncrementing(bed, stream);
      stream.send(departures.draw(BATCH));
      stream.awaitOracle();
      Soon.eventually(() -> assertThat(increments(stream)).isEqualTo(BATCH));
      stream.checkpointAll();
      incrementing.checkpoint();

      stream.sendUncovered(departures, BATCH);
      int sent = stream.sent().size();
      int replayed = sent - BATCH;
      Soon.eventually(() -> assertThat(increments(stream)).isEqualTo(sent));
      bed.cluster().killTaskManager();
      bed.cluster().startTaskManager();

      Soon.eventually(() -> assertThat(increments(stream)).isEqualTo(sent + replayed));
      Soon.eventually(
          () -> assertThat(stream.job().metric("upsertsSuperseded")).as("replays").isPositive());
      stream.send(departures.draw(BATCH));
      stream.awaitOracle();
      Soon.eventually(
          () -> assertThat(increments(stream)).isEqualTo(stream.sent().size() + replayed));
      System.out.println(
          "increments: " + increments(stream) + " for " + stream.sent().size() + " events");
    } finally {
      incrementing.end();
    }
  }

  private static long increments(Stream stream) {
    return stream.redis().<List<String>>ask(redis -> redis.hvals(IncrementingJob.COUNTS)).stream()
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static void submitIncrementing(FaultBed bed, Stream stream) throws Exception {
    String jar = bed.rest().upload(jarWithTheCounterExample(bed.folder()));
    bed.rest()
        .post(
            "/jars/" + jar + "/run",
            Map.of(
                "jobId",
                JOB_ID,
                "entryClass",
                IncrementingJob.class.getName(),
                "parallelism",
                1,
                "programArgsList",
                List.of(
                    bed.kafka().bootstrapServers(),
                    stream.source().topic(),
                    stream.redis().uri(),
                    bed.folder().resolve("checkpoints-incrementing").toUri().toString())));
  }

  /** The job's jar brings the connector and the client; the class itself is the tests' alone. */
  private static Path jarWithTheCounterExample(Path folder) throws IOException {
    Path jar = folder.resolve("incrementing.jar");
    Files.copy(Path.of(SessionCluster.property("freshet.job.jar")), jar);
    String within = "/" + IncrementingJob.class.getPackageName().replace('.', '/');
    Path classes = Path.of("target", "test-classes" + within);
    try (FileSystem inJar = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
        var ours = Files.newDirectoryStream(classes, "IncrementingJob*.class")) {
      Files.createDirectories(inJar.getPath(within));
      for (Path one : ours) {
        Files.copy(one, inJar.getPath(within, one.getFileName().toString()));
      }
    }
    return jar;
  }
}
