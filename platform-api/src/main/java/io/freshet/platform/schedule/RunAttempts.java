package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.RunProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs attempts as child processes and says what became of them. Thread-safe. */
final class RunAttempts {
  /** What became of an attempt. */
  sealed interface Outcome {
    /** It came to its end. */
    record Succeeded(RunResult result) implements Outcome {}

    /**
     * It did not.
     *
     * @param problem why, with the last lines of its log
     */
    record Failed(String problem) implements Outcome {}

    /** It was ended because the control plane stops: no fault of the run. */
    record Interrupted() implements Outcome {}
  }

  private final BatchCommand command;
  private final ChildProcesses children;
  private final Duration timeout;
  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  RunAttempts(BatchCommand command, ChildProcesses children, Duration timeout) {
    this.command = command;
    this.children = children;
    this.timeout = timeout;
  }

  /**
   * Runs a plan in a process and waits for its end.
   *
   * @param folder of the attempt's files
   * @param started is told the process as soon as there is one
   */
  Outcome run(RunPlan plan, Path folder, Consumer<RunProcess> started) {
    Path logFile = RunFiles.logFile(folder);
    try {
      Path planFile = Files.write(RunFiles.planFile(folder), plan.json());
      Process process = children.start(command.line(plan.program(), planFile), logFile);
      alive.add(process);
      try {
        started.accept(children.identify(process));
        return outcome(plan, process, logFile);
      } finally {
        ChildProcesses.end(process.toHandle());
        alive.remove(process);
      }
    } catch (IOException failure) {
      return new Outcome.Failed("Cannot start the run: " + failure.getMessage());
    } catch (InterruptedException interruption) {
      return new Outcome.Interrupted();
    }
  }

  private Outcome outcome(RunPlan plan, Process process, Path logFile) throws InterruptedException {
    if (stopping || !process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      return stopping
          ? new Outcome.Interrupted()
          : failed("it took longer than freshet.batch.timeout, " + timeout, logFile);
    }
    Optional<RunResult> result = RunFiles.result(plan);
    if (process.exitValue() == 0 && result.isPresent()) {
      return new Outcome.Succeeded(result.get());
    }
    if (stopping) {
      return new Outcome.Interrupted();
    }
    return process.exitValue() == 0
        ? failed("it ended without a result in " + plan.resultFile(), logFile)
        : failed("its process ended with status " + process.exitValue(), logFile);
  }

  private static Outcome failed(String reason, Path logFile) {
    return new Outcome.Failed(
        "The run failed: " + reason + "\n" + logFile + " ends with:\n" + RunFiles.tail(logFile));
  }

  /** Ends all processes, whose attempts are then interrupted; none is started any more. */
  void stop() {
    stopping = true;
    alive.forEach(process -> ChildProcesses.end(process.toHandle()));
  }

  boolean isStopping() {
    return stopping;
  }
}
