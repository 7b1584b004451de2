package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.value.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    try (SubmittedJob run = SubmittedJob.start(plan, "local[2]")) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    assertThat(
            PlanCodec.decode(Files.readAllBytes(Path.of(plan.resultFile())), BatchRunResult.class))
        .isEqualTo(
            new BatchRunResult(
                "s1",
                NOW.toEpochMilli(),
                3,
                0,
                List.of(new ViewResult(91, 3, 2, 2, 0, Reading.ALL_FOR_FIRST_TICK))));
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
            plan.rows(),
            plan.deadLetters(),
            plan.resultFile());

    try (SubmittedJob run = SubmittedJob.start(unreachable, "local[2]")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.output().lines().filter(line -> line.startsWith("The batch run failed: ")))
          .singleElement()
          .asString()
          .startsWith("The batch run failed: Cannot open the online store: \"nowhere\"");
    }
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
}
