package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.RunProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts processes of batch runs, and ends them, also those that a crash has left. */
final class ChildProcesses {
  private static final Logger log = LoggerFactory.getLogger(ChildProcesses.class);

  /** The system's start times are coarse, and shift with its clock. */
  private static final long START_TOLERANCE_MILLIS = 2_000;

  private final String host;
  private final Duration grace;

  /** What became of a process that was to be ended. */
  enum End {
    /** It is there no more. */
    GONE,
    /** The system holds on to it, or the caller was interrupted. */
    ALIVE,
    /** It is, or was, of a host whose processes are not seen from here. */
    ELSEWHERE
  }

  /**
   * @param host of this process, as {@link HostIdentity}
   * @param grace between asking a process to end and killing it
   */
  ChildProcesses(String host, Duration grace) {
    this.host = host;
    this.grace = grace;
  }

  /** Starts a process that leads a group of its own and whose output goes to a file. */
  Process start(List<String> command, Map<String, String> environment, Path logFile)
      throws IOException {
    List<String> line = new ArrayList<>(ProcessTree.ownGroup());
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(logFile.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  RunProcess identify(Process process) {
    return new RunProcess(
        host, process.pid(), process.info().startInstant().orElseGet(Instant::now).toEpochMilli());
  }

  /** Ends a process that another process of the control plane has started, or this one before. */
  End end(RunProcess left) {
    if (!left.host().equals(host)) {
      return End.ELSEWHERE;
    }
    Optional<ProcessHandle> alive = ProcessHandle.of(left.pid()).filter(p -> isSame(p, left));
    if (alive.isEmpty()) {
      return End.GONE;
    }
    log.warn("Ending process {} of a batch run", left.pid());
    return end(alive.get());
  }

  /** A process that has ended has no start time, so that it is not the same. */
  private static boolean isSame(ProcessHandle process, RunProcess left) {
    return process
        .info()
        .startInstant()
        .map(start -> Math.abs(start.toEpochMilli() - left.startedMillis()))
        .filter(difference -> difference <= START_TOLERANCE_MILLIS)
        .isPresent();
  }

  /** Ends a process with all that it has started, and returns when it is gone. */
  End end(ProcessHandle process) {
    return ProcessTree.end(process, grace) ? End.GONE : End.ALIVE;
  }
}
