package io.freshet.batch;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/** The packaged job in a process of its own, submitted as the control plane does it. */
final class SubmittedJob implements AutoCloseable {
  private static final Path BUILD = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path progress;
  private final Path output;

  private SubmittedJob(Process process, Path progress, Path output) {
    this.process = process;
    this.progress = progress;
    this.output = output;
  }

  /** Submits a plan to a master, without a supervisor. */
  static SubmittedJob start(BatchRunPlan plan, String master, String... conf) throws IOException {
    return start(plan, master, List.of(), conf);
  }

  /** Submits a plan that goes on for as long as {@link #mayGoOnFor} says. */
  static SubmittedJob startSupervised(BatchRunPlan plan, String master) throws IOException {
    return start(plan, master, List.of("-Dfreshet.run.supervised=true"));
  }

  private static SubmittedJob start(
      BatchRunPlan plan, String master, List<String> flags, String... conf) throws IOException {
    Path result = Path.of(plan.resultFile());
    String name = plan.runId() + "-" + plan.sequence();
    Path planFile = result.resolveSibling(name + ".plan.json");
    Files.write(planFile, PlanCodec.encode(plan));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + BUILD.resolve("spark.jvm-flags"));
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(List.of("-cp", StandaloneCluster.classpath()));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    for (String setting : conf) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of("--class", "io.freshet.batch.BatchJob"));
    command.addAll(List.of(BUILD.resolve("batch-engine.jar").toString(), planFile.toString()));
    Path output = result.resolveSibling(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new SubmittedJob(process, result.resolveSibling(RunProgress.FILE_NAME), output);
  }

  /** Says on its input that it may go on. */
  void mayGoOnFor(long millis) throws IOException {
    OutputStream input = process.getOutputStream();
    String line = (System.currentTimeMillis() + millis) + "\n";
    input.write(line.getBytes(StandardCharsets.US_ASCII));
    input.flush();
  }

  /** Ends its input, as happens when its supervisor dies. */
  void loseSupervisor() throws IOException {
    process.getOutputStream().close();
  }

  /** How far it is, if it has told. */
  Optional<RunProgress> progress() throws IOException {
    try {
      return Files.exists(progress)
          ? Optional.of(PlanCodec.decode(Files.readAllBytes(progress), RunProgress.class))
          : Optional.empty();
    } catch (JacksonException anotherRelease) {
      throw new IllegalStateException("no progress in " + progress, anotherRelease);
    }
  }

  boolean isAt(String stage) throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended:\n" + output());
    }
    return progress().filter(told -> told.stage().equals(stage)).isPresent();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it where it is, until it is killed or goes on. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -%s says %d".formatted(name, status));
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException if it takes longer than three minutes
   */
  int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new IllegalStateException("it does not end:\n" + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
