package io.freshet.benchmark.lab;

import java.time.Duration;

/** The processor time that a process has had, of all its threads. */
public final class ProcessTime {
  private ProcessTime() {}

  /**
   * @throws IllegalStateException if there is no such process or the system does not tell
   */
  public static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(
            () -> new IllegalStateException("Cannot tell the processor time of process " + pid));
  }
}
