package io.freshet.platform.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs attempts as child processes and says what became of them. Thread-safe. */
final class RunAttempts {
  /** What became of an attempt. Its process is gone, but where it is lost. */
  sealed interface Outcome {
    /** It came to its end. */
    record Succeeded(RunResult result) implements Outcome {}

    /**
     * It did not.
     *
     * @param problem why, with the last lines of its log
     */
    record Failed(String problem) implements Outcome {}

    /**
     * What it was asked for is wrong, and would be wrong again.
     *
     * @param problem why, with the last lines of its log
     */
    record Refused(String problem) implements Outcome {}

    /** It was ended because somebody wanted that. */
    record Cancelled() implements Outcome {}

    /** It was ended because the control plane stops: no fault of the run. */
    record Interrupted() implements Outcome {}

    /** Somebody else decides about the run now, or has to. */
    record Lost() implements Outcome {}
  }

  private final BatchCommand command;
  private final ChildProcesses children;
  private final BatchSettings settings;
  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  RunAttempts(BatchCommand command, ChildProcesses children, BatchSettings settings) {
    this.command = command;
    this.children = children;
    this.settings = settings;
  }

  /**
   * Runs a plan in a process and waits for its end.
   *
   * @param folder of the attempt's files
   */
  Outcome run(RunPlan plan, Path folder, Attempt attempt) {
    Path logFile = RunFiles.logFile(folder);
    try {
      Path planFile = Files.write(RunFiles.planFile(folder), plan.json());
      Process process =
          children.start(command.line(plan.program(), planFile), command.environment(), logFile);
      return outcome(process, plan, logFile, attempt);
    } catch (IOException failure) {
      return new Outcome.Failed("Cannot start the run: " + failure.getMessage());
    }
  }

  private Outcome outcome(Process process, RunPlan plan, Path logFile, Attempt attempt) {
    Outcome outcome;
    ChildProcesses.End end;
    alive.add(process);
    try {
      outcome = supervised(process, plan, logFile, attempt);
    } finally {
      end = children.end(process.toHandle());
      alive.remove(process);
    }
    if (end == ChildProcesses.End.ALIVE) {
      return new Outcome.Lost();
    }
    return outcome instanceof Outcome.Cancelled ? doneOr(outcome, plan) : outcome;
  }

  private Outcome supervised(Process process, RunPlan plan, Path logFile, Attempt attempt) {
    try {
      return attempt.begun(children.identify(process))
          ? new SupervisedProcess(process, plan, logFile, attempt, settings, () -> stopping).await()
          : new Outcome.Lost();
    } catch (InterruptedException interruption) {
      return new Outcome.Interrupted();
    } catch (RuntimeException failure) {
      return new Outcome.Failed("Cannot supervise the run: " + failure.getMessage());
    }
  }

  /** A run that was done when it was ended is done. */
  private static Outcome doneOr(Outcome outcome, RunPlan plan) {
    return RunFiles.result(plan).<Outcome>map(Outcome.Succeeded::new).orElse(outcome);
  }

  /** Ends all processes, whose attempts are then interrupted; none is started any more. */
  void stop() {
    stopping = true;
    alive.forEach(process -> children.end(process.toHandle()));
  }

  boolean isStopping() {
    return stopping;
  }
}
