package io.freshet.local.supervisor;

import io.freshet.local.platform.DataFolder;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The processes of a platform whose supervisor died. */
public final class LeftOvers {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private final Map<Long, ProcessHandle> processes;

  private LeftOvers(Map<Long, ProcessHandle> processes) {
    this.processes = processes;
  }

  /** Those that were recorded and are still the same processes, and all that they started. */
  public static LeftOvers of(DataFolder data) {
    Map<Long, ProcessHandle> found = new LinkedHashMap<>();
    ProcessRegister.read(data)
        .processes()
        .values()
        .forEach(process -> process.find().ifPresent(handle -> found.put(handle.pid(), handle)));
    Marked.of(data).forEach(handle -> found.put(handle.pid(), handle));
    found.remove(ProcessHandle.current().pid());
    return new LeftOvers(found);
  }

  public boolean isEmpty() {
    return processes.isEmpty();
  }

  public Collection<Long> pids() {
    return processes.keySet();
  }

  /** Ends them and returns once they have ended. */
  public void end() {
    Ending.end(processes.values(), GRACE);
  }
}
