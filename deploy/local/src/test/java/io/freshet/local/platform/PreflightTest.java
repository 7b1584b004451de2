package io.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.platform.Preflight.MemoryRule;
import io.freshet.servers.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir private Path folder = Path.of(".");

  @Test
  void namesATakenPortItsHolderAndTheWayOut() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = holder.getLocalPort();

      List<String> faults = faults(portsWithRedisAt(taken), "MemAvailable: 16000000 kB");

      assertThat(faults)
          .filteredOn(fault -> fault.contains("port"))
          .singleElement()
          .asString()
          .contains("Cannot use port " + taken + " for the Redis server")
          .contains("process " + ProcessHandle.current().pid())
          .contains("--redis-port or FRESHET_REDIS_PORT");
    }
  }

  @Test
  void refusesTooLittleMemoryUnlessTold() throws IOException {
    Ports ports = portsWithRedisAt(FreePorts.find(1)[0]);

    assertThat(faults(ports, "MemTotal: 8000000 kB\nMemAvailable: 2048000 kB"))
        .anyMatch(fault -> fault.startsWith("Cannot start with 2000 MB of memory available"));
    assertThat(faults(ports, "MemAvailable: 16000000 kB"))
        .noneMatch(fault -> fault.contains("memory"));
    assertThat(
            new Preflight(platform(ports), MemoryRule.IGNORE, memory("MemAvailable: 1 kB"))
                .faults())
        .noneMatch(fault -> fault.contains("memory"));
  }

  @Test
  void refusesAnotherJava() {
    List<String> faults = new ArrayList<>();

    Preflight.checkJava(17, faults);
    assertThat(faults).isEmpty();

    Preflight.checkJava(21, faults);
    assertThat(faults).singleElement().asString().contains("Java 21").contains("JAVA_HOME");
  }

  @Test
  void namesEveryFileThatIsNotBuilt() throws IOException {
    assertThat(faults(portsWithRedisAt(FreePorts.find(1)[0]), "MemAvailable: 16000000 kB"))
        .anyMatch(fault -> fault.contains("platform-api.jar") && fault.contains("./mvnw"));
  }

  @Test
  void refusesOnePortForTwoPurposes() throws IOException {
    int[] free = FreePorts.find(4);
    Ports twice = new Ports(free[0], free[1], free[2], free[0], free[3], 28090);

    assertThat(faults(twice, "MemAvailable: 16000000 kB"))
        .anyMatch(fault -> fault.contains("the control plane has it"));
  }

  private List<String> faults(Ports ports, String memory) throws IOException {
    return new Preflight(platform(ports), MemoryRule.REFUSE, memory(memory)).faults();
  }

  private LocalPlatform platform(Ports ports) {
    return new LocalPlatform(new Installation(folder), new DataFolder(folder), ports);
  }

  private Path memory(String text) throws IOException {
    return Files.writeString(folder.resolve("meminfo"), text);
  }

  private static Ports portsWithRedisAt(int redis) {
    int[] free = FreePorts.find(4);
    return new Ports(free[0], free[1], free[2], redis, free[3], 28090);
  }
}
