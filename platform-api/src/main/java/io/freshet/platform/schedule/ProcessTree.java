package io.freshet.platform.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with all that it has started: its process group, if it leads one, and its descendants.
 * While the process is alive its group has its number, so that no other can be hit.
 */
final class ProcessTree {
  /** How long a process may take to be gone that was killed. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

  /** How long whoever started a process may take to notice its end. */
  private static final Duration REAP_PATIENCE = Duration.ofMillis(500);

  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path SESSION = Path.of("/usr/bin/setsid");

  private final ProcessHandle leader;
  private final List<ProcessHandle> descendants;

  private ProcessTree(ProcessHandle leader) {
    this.leader = leader;
    this.descendants = leader.descendants().toList();
  }

  /** What to put before a command, so that its process leads a group where the system has them. */
  static List<String> ownGroup() {
    return Files.isExecutable(SESSION) && Files.isExecutable(SHELL)
        ? List.of(SESSION.toString())
        : List.of();
  }

  /**
   * Asks the processes to end, and kills them after the grace.
   *
   * @return whether the leader is gone; else the system holds on to it
   */
  static boolean end(ProcessHandle leader, Duration grace) {
    ProcessTree tree = new ProcessTree(leader);
    tree.signal("TERM");
    if (!hasEnded(leader, grace)) {
      tree.signal("KILL");
    }
    tree.descendants.forEach(ProcessHandle::destroyForcibly);
    return hasEnded(leader, KILL_PATIENCE);
  }

  private void signal(String name) {
    if (!leader.isAlive()) {
      return;
    }
    if (leadsGroup()) {
      signalGroup(name);
    }
    // Also where the group was signalled: that may have failed, and a second signal does no harm.
    if (name.equals("KILL")) {
      leader.destroyForcibly();
    } else {
      leader.destroy();
    }
  }

  private void signalGroup(String name) {
    try {
      Process kill =
          new ProcessBuilder(SHELL.toString(), "-c", "kill -%s -%d".formatted(name, leader.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException noShell) {
      // The leader and its descendants are ended one by one.
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean leadsGroup() {
    List<String> stat = stat(leader);
    return stat.size() > 2 && stat.get(2).equals(String.valueOf(leader.pid()));
  }

  private static boolean isOver(ProcessHandle process) {
    return !process.isAlive() || isDefunct(process);
  }

  /** Nobody may ever ask how it ended, and it is listed until then: it works no more. */
  private static boolean isDefunct(ProcessHandle process) {
    List<String> stat = stat(process);
    return !stat.isEmpty() && stat.get(0).equals("Z");
  }

  /** State, parent and group of {@code /proc/pid/stat}; empty where there is no such file. */
  private static List<String> stat(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 1);
      return List.of(afterName.strip().split(" ", 4)).subList(0, 3);
    } catch (IOException notLinux) {
      return List.of();
    }
  }

  private static boolean hasEnded(ProcessHandle process, Duration patience) {
    if (!process.isAlive()) {
      return true;
    }
    CompletableFuture<ProcessHandle> exit = process.onExit();
    Duration wait = isDefunct(process) ? REAP_PATIENCE : patience;
    try {
      exit.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return isOver(process);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
    return isOver(process);
  }
}
