package io.freshet.local.supervisor;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes with all that they started: first politely, then by force. */
final class Ending {
  private static final Duration FORCED = Duration.ofSeconds(10);

  private Ending() {}

  /**
   * Returns once they have ended.
   *
   * @param grace how long they may take in an orderly way
   * @return how many had to be killed
   */
  static int end(Collection<ProcessHandle> processes, Duration grace) {
    Set<ProcessHandle> all = new LinkedHashSet<>(processes);
    // Taken before the parents end: afterwards nobody knows whose children they were.
    processes.forEach(process -> process.descendants().forEach(all::add));
    processes.forEach(ProcessHandle::destroy);
    await(processes, grace);
    List<ProcessHandle> descendants = alive(all);
    descendants.forEach(ProcessHandle::destroy);
    await(descendants, alive(processes).isEmpty() ? grace : Duration.ZERO);
    List<ProcessHandle> stubborn = alive(all);
    stubborn.forEach(ProcessHandle::destroyForcibly);
    await(stubborn, FORCED);
    return stubborn.size();
  }

  private static List<ProcessHandle> alive(Collection<ProcessHandle> processes) {
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }

  private static void await(Collection<ProcessHandle> processes, Duration deadline) {
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Whoever is left is seen by the caller.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
