package io.freshet.batch.run;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes progress to a file whenever it has changed, whole or not at all, and not more often than
 * the pause allows. A file that cannot be written is said once, and is no reason to end the run.
 */
final class ProgressFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProgressFile.class);

  private final Path file;
  private final Supplier<RunProgress> progress;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(ProgressFile::thread);
  private @Nullable RunProgress written;
  private boolean told;

  private ProgressFile(Path file, Supplier<RunProgress> progress) {
    this.file = file;
    this.progress = progress;
  }

  /** Writes now, and then as often as the pause allows. */
  @SuppressWarnings(
      "FutureReturnValueIgnored") // It never ends by itself, and write() never throws.
  static ProgressFile start(Path file, Duration pause, Supplier<RunProgress> progress) {
    ProgressFile started = new ProgressFile(file, progress);
    started.writer.scheduleWithFixedDelay(
        started::write, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return started;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "freshet-progress");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void write() {
    RunProgress now = progress.get();
    if (now.equals(written)) {
      return;
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.write(unfinished, PlanCodec.encode(now));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = now;
    } catch (IOException | RuntimeException failure) {
      if (!told) {
        log.warn("Cannot write the progress of the run to {}: {}", file, failure.toString());
        told = true;
      }
    }
  }

  /** Writes a last time. */
  @Override
  public void close() {
    writer.shutdownNow();
    write();
  }
}
