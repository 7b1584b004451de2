package io.freshet.local.supervisor;

import io.freshet.local.platform.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The processes that were started, on disk, so that they are found when their supervisor died. */
public final class ProcessRegister {
  private final Path file;
  private final Map<String, ProcessIdentity> processes = new LinkedHashMap<>();

  private ProcessRegister(Path file) {
    this.file = file;
  }

  public static ProcessRegister empty(DataFolder data) {
    return new ProcessRegister(file(data));
  }

  /** What was recorded last; empty if nothing was. */
  public static ProcessRegister read(DataFolder data) {
    ProcessRegister register = new ProcessRegister(file(data));
    try {
      if (Files.exists(register.file)) {
        Files.readAllLines(register.file).forEach(register::readLine);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return register;
  }

  /** By name of the service. */
  public Map<String, ProcessIdentity> processes() {
    return new TreeMap<>(processes);
  }

  synchronized void started(String name, ProcessIdentity process) {
    processes.put(name, process);
    write();
  }

  synchronized void ended(String name) {
    processes.remove(name);
    write();
  }

  private void write() {
    StringBuilder text = new StringBuilder();
    processes.forEach(
        (name, process) ->
            text.append("%s %d %d%n".formatted(name, process.pid(), process.startedMillis())));
    AtomicText.write(file, text.toString());
  }

  private void readLine(String line) {
    String[] parts = line.split(" ", -1);
    processes.put(
        parts[0], new ProcessIdentity(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
  }

  private static Path file(DataFolder data) {
    return data.run().resolve("processes");
  }
}
