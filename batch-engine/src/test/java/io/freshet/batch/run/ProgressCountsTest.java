package io.freshet.batch.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.run.RunStage.Entered;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import io.freshet.plan.RunProgress.Chunks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressCountsTest {
  private static final Entered TILES = new Entered("tiles", null);
  private static final Entered SERVE = new Entered("serve", "delays");

  private final AtomicLong now = new AtomicLong(10);
  private final ProgressCounts counts = new ProgressCounts("r", now::get);

  @Test
  void tasksAreThoseOfTheStageAndRowsThoseOfTheRun() {
    counts.planned(TILES, 3);
    counts.done(TILES);
    counts.moved(100, 7);
    now.set(20);
    counts.planned(SERVE, 2);
    counts.done(TILES);
    counts.done(SERVE);
    counts.moved(5, 0);
    counts.served(4);

    assertThat(counts.now())
        .isEqualTo(new RunProgress("r", "serve", "delays", 1, 2, 105, 7, 4, 20));
  }

  @Test
  void eachChunkHasItsTasks() {
    counts.planned(new Entered("backfill", "delays", new Chunks(3, 12)), 5);
    counts.planned(new Entered("backfill", "delays", new Chunks(4, 12)), 2);

    assertThat(counts.now().chunks()).isEqualTo(new Chunks(4, 12));
    assertThat(counts.now().tasksKnown()).isEqualTo(2);
  }

  @Test
  void aTaskThatWasDoneTwiceIsNotMoreThanAll() {
    counts.planned(TILES, 1);
    counts.done(TILES);
    counts.done(TILES);

    assertThat(counts.now().tasksDone()).isEqualTo(1);
  }

  @Test
  void theFileHasTheNewestProgressWhenItIsClosed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve(RunProgress.FILE_NAME);
    ProgressFile written = ProgressFile.start(file, Duration.ofHours(1), counts::now);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file));
    counts.planned(SERVE, 2);

    written.close();

    assertThat(PlanCodec.decode(Files.readAllBytes(file), RunProgress.class))
        .isEqualTo(counts.now());
  }
}
