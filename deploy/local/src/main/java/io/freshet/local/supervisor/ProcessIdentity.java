package io.freshet.local.supervisor;

import java.time.Instant;
import java.util.Optional;

/**
 * A process by its number and the time of its start, so that another process that got the same
 * number later is never taken for it.
 */
public record ProcessIdentity(long pid, long startedMillis) {
  /** Start times are derived from the boot time, which clock corrections move. */
  private static final long TOLERANCE_MILLIS = 2000;

  static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), startOf(handle));
  }

  /** The process, if it is still alive and is the one that was meant. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> Math.abs(startOf(handle) - startedMillis) <= TOLERANCE_MILLIS);
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
