package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.local.demo.Demonstration.Pace;
import io.freshet.local.demo.Launcher.Outcome;
import io.freshet.local.supervisor.LeftOvers;
import io.freshet.local.supervisor.PlatformStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole platform, with every process a real one. The tests build on each other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformIT {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final EntityKey ATLANTA = new EntityKey("ATL", null);
  private static final EntityKey TEST_ROUTE = new EntityKey("TST", "ING");

  @TempDir private static Path folder = Path.of(".");
  private static Launcher launcher;

  @BeforeAll
  static void start() throws Exception {
    launcher = new Launcher(folder);
    Outcome up = launcher.run("up", "--detach");
    assertThat(up.exit()).as(up.output()).isZero();
  }

  @AfterAll
  static void stop() throws Exception {
    launcher.run("down");
  }

  @Test
  @Order(1)
  void everyProcessListensOnLoopbackOnly() {
    for (PlatformStatus.State service : launcher.status().services()) {
      List<String> addresses = ListeningSockets.of(ProcessHandle.of(service.pid()).orElseThrow());

      assertThat(addresses).as(service.name()).isNotEmpty().allMatch(ListeningSockets::isLoopback);
    }
  }

  @Test
  @Order(2)
  void aSecondStartSaysThatOneRuns() throws Exception {
    Outcome second = launcher.run("up", "--detach");

    assertThat(second.exit()).isZero();
    assertThat(second.output()).contains("already running");
  }

  @Test
  @Order(3)
  void theComparisonHoldsThoughTheTaskManagerIsKilledWhileItStreams() throws Exception {
    ByteArrayOutputStream story = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(story, true, StandardCharsets.UTF_8);
    Pace pace = new Pace(240, Duration.ofSeconds(25));
    Demonstration demonstration = new Demonstration(launcher.status().api(), pace, out);

    CompletableFuture<Boolean> held = CompletableFuture.supplyAsync(demonstration::run);
    await()
        .atMost(Duration.ofMinutes(8))
        .until(() -> held.isDone() || story.toString(StandardCharsets.UTF_8).contains(" sent; "));
    PlatformStatus.State before = launcher.service("taskmanager");
    ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();

    assertThat(held.get(15, TimeUnit.MINUTES)).as(story.toString(StandardCharsets.UTF_8)).isTrue();
    PlatformStatus.State after = launcher.service("taskmanager");
    assertThat(after.restarts()).isEqualTo(before.restarts() + 1);
    assertThat(after.pid()).isNotEqualTo(before.pid());
  }

  @Test
  @Order(4)
  void servesTheSameAndGoesOnCountingAfterDownAndUp() throws Exception {
    String project = client().projects().get(0);
    pushTestDepartures(project, 3);
    awaitTestDepartures(project, 3);
    LookupAnswer week = client().lookup(project, List.of("airport_week"), List.of(ATLANTA));

    assertThat(launcher.run("down").exit()).isZero();
    assertThat(LeftOvers.of(launcher.data()).isEmpty()).isTrue();
    Outcome up = launcher.run("up", "--detach");
    assertThat(up.exit()).as(up.output()).isZero();

    LookupAnswer sameWeek = client().lookup(project, List.of("airport_week"), List.of(ATLANTA));
    assertThat(sameWeek.asOf(0, 0)).isEqualTo(week.asOf(0, 0)).isPresent();
    assertThat(sameWeek.value(0, 0)).isEqualTo(week.value(0, 0)).isNotNull();
    assertThat(testDepartures(project)).isEqualTo(3L);
    pushTestDepartures(project, 1);
    awaitTestDepartures(project, 4);
    await().atMost(DEADLINE).until(() -> stream(project).path("up").asBoolean(false));
    assertThat(stream(project).path("restoredFrom").asString("")).contains("/chk-");
  }

  @Test
  @Order(5)
  void theExampleTrainsAModelThatIsBetterThanTheBaseRate() throws Exception {
    Outcome example = launcher.runExample("late-flights");

    assertThat(example.output()).contains("Training set: ", "area under the ROC curve");
    assertThat(example.exit()).as(example.output()).isZero();
  }

  @Test
  @Order(6)
  void leavesNothingBehindEvenIfItsSupervisorIsKilled() throws Exception {
    List<ProcessHandle> processes =
        launcher.status().services().stream()
            .map(service -> ProcessHandle.of(service.pid()))
            .flatMap(Optional::stream)
            .toList();
    launcher.status().supervisor().find().orElseThrow().destroyForcibly();
    await().atMost(DEADLINE).until(() -> PlatformStatus.ofRunning(launcher.data()).isEmpty());
    assertThat(processes).hasSize(5).allMatch(ProcessHandle::isAlive);

    Outcome down = launcher.run("down");

    assertThat(down.exit()).as(down.output()).isZero();
    assertThat(down.output()).contains("whose supervisor died");
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(LeftOvers.of(launcher.data()).isEmpty()).isTrue();
  }

  private static PlatformClient client() {
    return new PlatformClient(launcher.status().api());
  }

  private static JsonNode stream(String project) {
    return client().status(project).path("streams").path(0);
  }

  private static void pushTestDepartures(String project, int count) {
    for (int i = 0; i < count; i++) {
      client()
          .push(project, List.of(new Departure(System.currentTimeMillis(), 7, 99, "TST", "ING")));
    }
  }

  private static void awaitTestDepartures(String project, long count) {
    await().atMost(DEADLINE).until(() -> Long.valueOf(count).equals(testDepartures(project)));
  }

  private static @Nullable Object testDepartures(String project) {
    return client()
        .lookup(project, List.of("route_now.departures_1h"), List.of(TEST_ROUTE))
        .value(0, 0);
  }
}
