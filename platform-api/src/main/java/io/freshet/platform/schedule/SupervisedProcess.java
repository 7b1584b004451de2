package io.freshet.platform.schedule;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.platform.schedule.RunAttempts.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The process of an attempt, which is told on its standard input until when it may go on: a lease
 * from before the database was asked, by the clock that it shares with this process.
 */
final class SupervisedProcess {
  /** With this status the programs of the batch engine end that need not be tried again. */
  private static final int REFUSED = 2;

  private final Process process;
  private final RunPlan plan;
  private final Path logFile;
  private final Attempt attempt;
  private final BatchSettings settings;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether the control plane stops
   */
  SupervisedProcess(
      Process process,
      RunPlan plan,
      Path logFile,
      Attempt attempt,
      BatchSettings settings,
      BooleanSupplier stopping) {
    this.process = process;
    this.plan = plan;
    this.logFile = logFile;
    this.attempt = attempt;
    this.settings = settings;
    this.stopping = stopping;
  }

  /** Waits for its end, or for a reason to end it, which the caller then does. */
  Outcome await() throws InterruptedException {
    long begun = System.nanoTime();
    do {
      if (stopping.getAsBoolean()) {
        return new Outcome.Interrupted();
      }
      Duration left = settings.timeout().minusNanos(System.nanoTime() - begun);
      if (left.isNegative()) {
        return new Outcome.Failed(
            problem("it took longer than freshet.batch.timeout, " + settings.timeout()));
      }
      Optional<Outcome> reason = beat();
      if (reason.isPresent()) {
        return reason.get();
      }
    } while (!process.waitFor(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS));
    return outcomeOfEnd();
  }

  private Optional<Outcome> beat() {
    long until = System.currentTimeMillis() + settings.lease().toMillis();
    switch (attempt.renew(RunFiles.progress(plan).orElse(null))) {
      case GOES_ON -> sayUntil(until);
      case CANCEL_WANTED -> {
        return Optional.of(new Outcome.Cancelled());
      }
      case LOST -> {
        return Optional.of(new Outcome.Lost());
      }
      case UNKNOWN -> {
        // It goes on for as long as it was told before.
      }
    }
    return Optional.empty();
  }

  private void sayUntil(long millis) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((millis + "\n").getBytes(US_ASCII));
      input.flush();
    } catch (IOException ended) {
      // It is about to end, or listens to nobody; its end is what is waited for.
    }
  }

  private Outcome outcomeOfEnd() {
    Optional<RunResult> result = RunFiles.result(plan);
    if (process.exitValue() == 0 && result.isPresent()) {
      return new Outcome.Succeeded(result.get());
    }
    if (stopping.getAsBoolean()) {
      return new Outcome.Interrupted();
    }
    return switch (process.exitValue()) {
      case 0 -> new Outcome.Failed(problem("it ended without a result in " + plan.resultFile()));
      case REFUSED -> new Outcome.Refused(problem("it cannot do what it was asked for"));
      default ->
          new Outcome.Failed(problem("its process ended with status " + process.exitValue()));
    };
  }

  private String problem(String reason) {
    return "The run failed: %s\n%s ends with:\n%s"
        .formatted(reason, logFile, RunFiles.tail(logFile));
  }
}
