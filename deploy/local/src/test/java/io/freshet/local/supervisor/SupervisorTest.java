package io.freshet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.local.platform.DataFolder;
import io.freshet.local.platform.HealthCheck;
import io.freshet.local.platform.Service;
import io.freshet.local.supervisor.PlatformStatus.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String WITH_A_CHILD = "sleep 600 & echo $! > child; wait";

  @TempDir private Path folder = Path.of(".");
  private DataFolder data = new DataFolder(folder);

  @BeforeEach
  void makeFolders() throws IOException {
    data = new DataFolder(folder);
    Files.createDirectories(data.run());
    Files.createDirectories(data.logs());
  }

  @Test
  void startsAgainWhatIsKilledAndEndsEverythingInTheEnd() throws Exception {
    Supervisor supervisor = new Supervisor(data, "nowhere", List.of(List.of(shell(WITH_A_CHILD))));
    CompletableFuture<Boolean> run = CompletableFuture.supplyAsync(supervisor::run);
    await().atMost(DEADLINE).until(() -> phase() == Phase.UP);
    ProcessHandle first = process();

    first.destroyForcibly();
    await().atMost(DEADLINE).until(() -> !first.isAlive() && service().restarts() == 1);
    await().atMost(DEADLINE).until(() -> service().state().equals("healthy"));
    ProcessHandle second = process();
    await().atMost(DEADLINE).until(() -> child().pid() != 0 && child().parent().isPresent());
    ProcessHandle grandchild = child();
    assertThat(second.pid()).isNotEqualTo(first.pid());

    supervisor.stop();

    assertThat(run.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.isAlive()).isFalse();
    assertThat(grandchild.isAlive()).isFalse();
    assertThat(LeftOvers.of(data).isEmpty()).isTrue();
  }

  @Test
  void failsWithTheLastWordsOfWhatEndsAtOnce() {
    Service broken = shell("echo the disk is full; exit 3", new NotServing());

    boolean asked = new Supervisor(data, "nowhere", List.of(List.of(broken))).run();

    assertThat(asked).isFalse();
    PlatformStatus status = PlatformStatus.last(data).orElseThrow();
    assertThat(status.phase()).isEqualTo(Phase.FAILED);
    assertThat(status.message()).contains("Cannot start worker").contains("the disk is full");
  }

  @Test
  void whatItsSupervisorLeftBehindIsFoundAndEnded() throws Exception {
    ProcessRegister register = ProcessRegister.empty(data);
    SupervisedService service =
        new SupervisedService(shell(WITH_A_CHILD), data, register, text -> {});
    service.start();
    await().atMost(DEADLINE).until(() -> Files.exists(folder.resolve("child")));
    await().atMost(DEADLINE).until(() -> child().isAlive());
    ProcessHandle orphan = child();
    ProcessHandle parent = ProcessHandle.of(service.status().pid()).orElseThrow();
    parent.destroyForcibly();
    await().atMost(DEADLINE).until(() -> !parent.isAlive());

    LeftOvers leftOvers = LeftOvers.of(data);

    assertThat(leftOvers.pids()).containsExactly(orphan.pid());
    leftOvers.end();
    assertThat(orphan.isAlive()).isFalse();
  }

  @Test
  void anotherProcessWithARecordedNumberIsLeftAlone() throws IOException {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      ProcessIdentity recorded =
          new ProcessIdentity(
              stranger.pid(), ProcessIdentity.of(stranger.toHandle()).startedMillis() - 60_000);
      ProcessRegister.empty(data).started("worker", recorded);

      assertThat(LeftOvers.of(data).isEmpty()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private Service shell(String script) {
    return shell(script, new Serving());
  }

  private Service shell(String script, HealthCheck health) {
    return new Service(
        "worker",
        "",
        () -> List.of("sh", "-c", script),
        health,
        data.log("worker"),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5));
  }

  private Phase phase() {
    return PlatformStatus.last(data).map(PlatformStatus::phase).orElse(Phase.STARTING);
  }

  private PlatformStatus.State service() {
    return PlatformStatus.last(data).orElseThrow().services().get(0);
  }

  private ProcessHandle process() {
    return ProcessHandle.of(service().pid()).orElseThrow();
  }

  private ProcessHandle child() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static final class Serving implements HealthCheck {
    @Override
    public void ask() {}
  }

  private static final class NotServing implements HealthCheck {
    @Override
    public void ask() {
      throw new IllegalStateException("not yet");
    }
  }
}
