package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A run of the packaged job, in a process of its own as the control plane starts it. */
final class SubmittedRun implements AutoCloseable {
  private static final Path BUILD = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path output;

  private SubmittedRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param folder for its plan and its output
   */
  static SubmittedRun of(BatchRunPlan plan, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path planFile = folder.resolve("plan.json");
    Files.write(planFile, PlanCodec.encode(plan));
    Path output = folder.resolve("output.log");
    return new SubmittedRun(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + BUILD.resolve("spark.jvm-flags"),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(BUILD.resolve("spark.classpath")).strip(),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--class",
                "io.freshet.batch.BatchJob",
                BUILD.resolve("batch-engine.jar").toString(),
                planFile.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("the run ended").isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it where it is, until it is killed or goes on. */
  void freeze() throws Exception {
    signal("STOP");
  }

  void thaw() throws Exception {
    signal("CONT");
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void signal(String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }
}
