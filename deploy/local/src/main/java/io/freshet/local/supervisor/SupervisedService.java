package io.freshet.local.supervisor;

import io.freshet.local.platform.DataFolder;
import io.freshet.local.platform.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One service under supervision. For one thread. */
final class SupervisedService {
  private static final long KEPT_LOG_BYTES = 64L << 20;
  private static final Duration STEADY = Duration.ofMinutes(2);

  private final Service service;
  private final DataFolder data;
  private final ProcessRegister register;
  private final Consumer<String> say;
  private @Nullable Process process;
  private Instant started = Instant.EPOCH;
  private Instant nextStart = Instant.EPOCH;
  private int restarts;
  private int failuresInARow;
  private String state = "not started";

  SupervisedService(
      Service service, DataFolder data, ProcessRegister register, Consumer<String> say) {
    this.service = service;
    this.data = data;
    this.register = register;
    this.say = say;
  }

  String name() {
    return service.name();
  }

  Duration startDeadline() {
    return service.startDeadline();
  }

  PlatformStatus.State status() {
    return new PlatformStatus.State(
        service.name(),
        state,
        process != null && process.isAlive() ? process.pid() : 0,
        restarts,
        service.address());
  }

  void start() throws Exception {
    List<String> command = service.command().line();
    rotateLog();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(data.root().toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(service.log().toFile()));
    Marked.mark(builder.environment(), data);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process child = builder.start();
    process = child;
    started = Instant.now();
    state = "starting";
    register.started(service.name(), ProcessIdentity.of(child.toHandle()));
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Asks it; the fault is empty if it serves. */
  String faultOfHealth() {
    try {
      service.health().ask();
      state = "healthy";
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (Exception e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
  }

  boolean isHealthy() {
    return state.equals("healthy");
  }

  /** Starts it again if it ended and its pause is over; says so. */
  void restartIfEnded() {
    if (isAlive()) {
      if (Duration.between(started, Instant.now()).compareTo(STEADY) > 0) {
        failuresInARow = 0;
      }
      return;
    }
    if (process != null) {
      noticeEnd(process);
    }
    if (!Instant.now().isBefore(nextStart)) {
      restarts++;
      try {
        start();
        say.accept("%s was started again (pid %d)".formatted(name(), status().pid()));
      } catch (Exception e) {
        nextStart = Instant.now().plus(pause());
        say.accept("Cannot start %s again: %s".formatted(name(), e.getMessage()));
      }
    }
  }

  /** Ends it and all that it started, in an orderly way if it can. */
  void stop() {
    if (process == null || !process.isAlive()) {
      return;
    }
    state = "stopping";
    int killed = Ending.end(List.of(process.toHandle()), service.stopGrace());
    register.ended(service.name());
    state = "stopped";
    say.accept(name() + (killed == 0 ? " stopped" : " killed: it did not stop in time"));
  }

  /** The end of its log, for a message. */
  String lastWords() {
    try (Stream<String> lines = Files.lines(service.log())) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private void noticeEnd(Process ended) {
    int exit = ended.exitValue();
    process = null;
    Duration pause = pause();
    nextStart = Instant.now().plus(pause);
    state = "ended with status " + exit;
    register.ended(service.name());
    say.accept(
        "%s died with status %d%s; it is started again in %d s, its log is %s"
            .formatted(
                name(),
                exit,
                exit > 128 ? " (signal " + (exit - 128) + ")" : "",
                pause.toSeconds(),
                service.log()));
  }

  private Duration pause() {
    failuresInARow++;
    return Duration.ofSeconds(Math.min(30, 1L << Math.min(5, failuresInARow - 1)));
  }

  private void rotateLog() throws IOException {
    Files.createDirectories(data.logs());
    if (Files.exists(service.log()) && Files.size(service.log()) > KEPT_LOG_BYTES) {
      Files.move(
          service.log(),
          service.log().resolveSibling(service.name() + ".log.1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
