package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.value.ValueType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Submits the packaged job as the control plane does. */
@ExtendWith(BatchServers.Extension.class)
class SparkSubmitIT {
  private static final Path BUILD = Path.of("target").toAbsolutePath();
  private static final Instant NOW = Instant.parse("2026-03-10T14:25:17.250Z");

  private final BatchServers servers;
  private final Path folder;

  SparkSubmitIT(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void aSubmittedRunServesRowsAndWritesItsResult() throws Exception {
    Scenario flights =
        new Scenario(servers, folder, "submitted")
            .readAs(Visits.withDelay("submitted"))
            .createTopic();
    ViewPlan view =
        Flights.view(
            91,
            "submitted",
            List.of("origin"),
            List.of(new InputPlan("delay > 15 ? 1.0 : 0.0", ValueType.FLOAT64)),
            List.of(
                Flights.feature(
                    "departures", Aggregation.COUNT, FeaturePlan.NO_INPUT, 6, ValueType.INT64),
                Flights.feature("late_share", Aggregation.AVERAGE, 0, 6, ValueType.FLOAT64)));
    Instant at = NOW.minus(Duration.ofHours(2));
    flights.sendBytes(
        List.of(
            Visits.event(at, "ATL", 3),
            Visits.event(at, "ATL", 30),
            Visits.event(at.plusSeconds(1), "BOS", 16)));
    BatchRunPlan plan = flights.plan("s1", NOW, 1, view);

    Submitted run = submit(plan);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(
            PlanCodec.decode(Files.readAllBytes(Path.of(plan.resultFile())), BatchRunResult.class))
        .isEqualTo(
            new BatchRunResult(
                "s1", NOW.toEpochMilli(), 3, 0, List.of(new ViewResult(91, 3, 2, 2, 0))));
    assertThat(flights.served(view, List.of(List.of("ATL"), List.of("BOS"))).values())
        .containsExactlyInAnyOrder(List.of(at, 2L, 0.5), List.of(at.plusSeconds(1), 1L, 1.0));
  }

  @Test
  void aFailedRunSaysWhyInItsFirstLineAndLeavesNoResult() throws Exception {
    Scenario flights = new Scenario(servers, folder, "refused").createTopic();
    BatchRunPlan plan = flights.plan("s2", NOW, 1, Flights.routeDelays(92, "refused"));
    BatchRunPlan unreachable =
        new BatchRunPlan(
            plan.runId(),
            plan.source(),
            plan.views(),
            plan.asOfMillis(),
            plan.sequence(),
            plan.bootstrapServers(),
            "nowhere",
            plan.warehouse(),
            plan.deadLetters(),
            plan.resultFile());

    Submitted run = submit(unreachable);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output().lines().filter(line -> line.startsWith("Batch run failed: ")))
        .singleElement()
        .asString()
        .startsWith("Batch run failed: Cannot open the online store: \"nowhere\"");
    assertThat(Path.of(plan.resultFile())).doesNotExist();
  }

  @Test
  void theJarHidesTheLibrariesThatSparkHasInOtherVersions() throws IOException {
    try (JarFile jar = new JarFile(BUILD.resolve("batch-engine.jar").toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("io/freshet/batch/shaded/protobuf/Message.class")
          .contains("io/freshet/batch/shaded/avro/Schema.class")
          .noneMatch(name -> name.startsWith("com/google/protobuf/"))
          .noneMatch(name -> name.startsWith("com/google/common/"))
          .noneMatch(name -> name.startsWith("org/antlr/"))
          .noneMatch(name -> name.startsWith("io/netty/"))
          .noneMatch(name -> name.startsWith("org/apache/"));
    }
  }

  @Test
  void theFlagsAreThoseThatThisSparkWants() throws IOException {
    assertThat(Files.readAllLines(BUILD.resolve("spark.jvm-flags")))
        .containsExactly(JavaModuleOptions.defaultModuleOptionArray());
  }

  private record Submitted(int exitCode, String output) {}

  private Submitted submit(BatchRunPlan plan) throws Exception {
    Path planFile = folder.resolve("plan.json");
    Files.write(planFile, PlanCodec.encode(plan));
    File output = folder.resolve("output.log").toFile();
    Process process =
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
            .redirectOutput(output)
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("the run ended").isTrue();
      return new Submitted(process.exitValue(), Files.readString(output.toPath()));
    } finally {
      process.destroyForcibly();
    }
  }
}
