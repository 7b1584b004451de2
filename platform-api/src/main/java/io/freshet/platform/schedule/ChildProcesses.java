package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.RunProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts processes of batch runs, and ends them, also those that a crash has left. */
final class ChildProcesses {
  private static final Logger log = LoggerFactory.getLogger(ChildProcesses.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The system's start times are coarse, and shift with its clock. */
  private static final long START_TOLERANCE_MILLIS = 2_000;

  private final String host = hostName();

  /** Starts a process whose output goes to a file; it gets no input. */
  Process start(List<String> command, Path logFile) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(logFile.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  RunProcess identify(Process process) {
    return new RunProcess(
        host, process.pid(), process.info().startInstant().orElseGet(Instant::now).toEpochMilli());
  }

  /** Ends a process that was left behind; does nothing if it has ended, or was of another host. */
  void endLeftover(RunProcess left) {
    if (!left.host().equals(host)) {
      return;
    }
    Optional<ProcessHandle> alive = ProcessHandle.of(left.pid()).filter(p -> isSame(p, left));
    alive.ifPresent(
        process -> {
          log.warn("Ending process {}, which a batch run has left behind", left.pid());
          end(process);
        });
  }

  private static boolean isSame(ProcessHandle process, RunProcess left) {
    return process
        .info()
        .startInstant()
        .map(start -> Math.abs(start.toEpochMilli() - left.startedMillis()))
        .filter(difference -> difference <= START_TOLERANCE_MILLIS)
        .isPresent();
  }

  /** Ends a process and its children, kindly at first; returns when it is gone. */
  static void end(ProcessHandle process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    if (!hasEnded(process)) {
      process.destroyForcibly();
      hasEnded(process);
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean hasEnded(ProcessHandle process) {
    CompletableFuture<ProcessHandle> exit = process.onExit();
    boolean interrupted = false;
    try {
      exit.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return !process.isAlive();
    } catch (InterruptedException interruption) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !process.isAlive();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
