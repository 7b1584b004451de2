package io.freshet.local.command;

import io.freshet.local.Freshet;
import io.freshet.local.platform.DataFolder;
import io.freshet.local.platform.LocalPlatform;
import io.freshet.local.platform.Preflight;
import io.freshet.local.supervisor.LeftOvers;
import io.freshet.local.supervisor.PlatformStatus;
import io.freshet.local.supervisor.PlatformStatus.Phase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The platform as commands see it: they start it in the background, follow it and stop it. */
final class PlatformRun {
  private static final Duration STOP_DEADLINE = Duration.ofMinutes(2);
  private final StartOptions options;
  private final LocalPlatform platform;
  private final DataFolder data;
  private final PrintStream out;

  PlatformRun(StartOptions options, PrintStream out) {
    this.options = options;
    this.platform = options.platform.platform();
    this.data = platform.data();
    this.out = out;
  }

  Optional<PlatformStatus> running() {
    return PlatformStatus.ofRunning(data);
  }

  /**
   * Starts the platform and returns once it is up; what it does meanwhile is printed.
   *
   * @return false if it could not start, which was said
   */
  boolean start() throws IOException, InterruptedException {
    Files.createDirectories(data.run());
    Files.createDirectories(data.logs());
    endLeftOvers();
    List<String> faults = new Preflight(platform, options.memoryRule()).faults();
    if (!faults.isEmpty()) {
      faults.forEach(out::println);
      return false;
    }
    Path log = data.log("supervisor");
    Files.deleteIfExists(log);
    Process supervisor = launch(log);
    try (LogTail tail = new LogTail(log, out)) {
      while (supervisor.isAlive()) {
        tail.printNew();
        if (phase() == Phase.UP) {
          tail.printNew();
          return true;
        }
        supervisor.waitFor(200, TimeUnit.MILLISECONDS);
      }
      tail.printNew();
    }
    return false;
  }

  /** Prints what the supervisor says until it has ended. */
  void follow(PlatformStatus status) throws IOException, InterruptedException {
    Optional<ProcessHandle> supervisor = status.supervisor().find();
    try (LogTail tail = LogTail.fromEnd(data.log("supervisor"), out)) {
      while (supervisor.isPresent() && supervisor.get().isAlive()) {
        tail.printNew();
        TimeUnit.MILLISECONDS.sleep(200);
      }
      tail.printNew();
    }
  }

  /** Stops the platform and all that it started, be its supervisor alive or not. */
  void stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> supervisor = running().flatMap(status -> status.supervisor().find());
    if (supervisor.isPresent()) {
      stop(supervisor.get());
    }
    endLeftOvers();
  }

  private void stop(ProcessHandle supervisor) throws IOException, InterruptedException {
    try (LogTail tail = LogTail.fromEnd(data.log("supervisor"), out)) {
      supervisor.destroy();
      long deadline = System.nanoTime() + STOP_DEADLINE.toNanos();
      while (supervisor.isAlive() && System.nanoTime() < deadline) {
        tail.printNew();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      tail.printNew();
    }
    if (supervisor.isAlive()) {
      out.println("The supervisor did not stop in time; it is killed");
      supervisor.destroyForcibly();
    }
  }

  private void endLeftOvers() {
    LeftOvers leftOvers = LeftOvers.of(data);
    if (!leftOvers.isEmpty()) {
      out.println("Ending processes whose supervisor died: " + leftOvers.pids());
      leftOvers.end();
    }
  }

  private @Nullable Phase phase() {
    return running().map(PlatformStatus::phase).orElse(null);
  }

  private Process launch(Path log) throws IOException {
    List<String> command = new ArrayList<>(ownSession());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Djava.net.preferIPv4Stack=true", "-cp"));
    command.addAll(
        List.of(System.getProperty("java.class.path"), Freshet.class.getName(), "supervise"));
    command.addAll(options.platform.toArguments());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(log.toFile())
        .start();
  }

  /** Ctrl-C in the terminal must reach the command only, which then stops things in order. */
  private static List<String> ownSession() {
    return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
  }
}
