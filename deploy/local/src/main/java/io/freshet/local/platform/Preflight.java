package io.freshet.local.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What would make a start fail, found before anything is started. */
public final class Preflight {
  /** What the platform takes while a batch run is under way. */
  public static final int NEEDED_MEGABYTES = 5000;

  private static final int JAVA = 17;
  private final LocalPlatform platform;
  private final MemoryRule memoryRule;
  private final Path memoryInfo;

  /** What is done about too little memory. */
  public enum MemoryRule {
    REFUSE,
    IGNORE
  }

  public Preflight(LocalPlatform platform, MemoryRule memoryRule) {
    this(platform, memoryRule, Path.of("/proc/meminfo"));
  }

  Preflight(LocalPlatform platform, MemoryRule memoryRule, Path memoryInfo) {
    this.platform = platform;
    this.memoryRule = memoryRule;
    this.memoryInfo = memoryInfo;
  }

  /** Every reason not to start, each with its remedy. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    checkJava(Runtime.version().feature(), faults);
    checkArtifacts(faults);
    checkMemory(faults);
    checkPorts(faults);
    return faults;
  }

  static void checkJava(int version, List<String> faults) {
    if (version != JAVA) {
      faults.add(
          "Cannot start with Java %d: Freshet runs on Java %d, set JAVA_HOME to a JDK %d"
              .formatted(version, JAVA, JAVA));
    }
  }

  private void checkArtifacts(List<String> faults) {
    platform
        .installation()
        .missing()
        .forEach(
            file ->
                faults.add(
                    "Cannot start without "
                        + file
                        + ": it is not built, run ./mvnw -DskipTests package"));
  }

  private void checkMemory(List<String> faults) {
    OptionalLong available = availableMegabytes();
    if (memoryRule == MemoryRule.REFUSE
        && available.isPresent()
        && available.getAsLong() < NEEDED_MEGABYTES) {
      faults.add(
          ("Cannot start with %d MB of memory available: the platform takes up to %d MB, end other"
                  + " programs or pass --ignore-memory")
              .formatted(available.getAsLong(), NEEDED_MEGABYTES));
    }
  }

  private void checkPorts(List<String> faults) {
    Map<Integer, Ports.NamedPort> seen = new HashMap<>();
    for (Ports.NamedPort port : platform.ports().named()) {
      Ports.NamedPort same = seen.putIfAbsent(port.port(), port);
      if (same != null) {
        faults.add(
            "Cannot use port %d for %s: %s has it, choose another with %s or %s"
                .formatted(
                    port.port(), port.purpose(), same.purpose(), port.option(), port.variable()));
      } else if (!PortHolder.isFree(port.port())) {
        faults.add(
            "Cannot use port %d for %s: %s listens there, end it or choose another with %s or %s"
                .formatted(
                    port.port(),
                    port.purpose(),
                    PortHolder.of(port.port()).orElse("another process"),
                    port.option(),
                    port.variable()));
      }
    }
  }

  private OptionalLong availableMegabytes() {
    try {
      return Files.readAllLines(memoryInfo).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
