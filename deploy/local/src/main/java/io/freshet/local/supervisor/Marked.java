package io.freshet.local.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.local.platform.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes of a platform by the mark that they inherit in their environment, so that grandchildren
 * are found after everything between died. Only where the system shows environments (Linux);
 * elsewhere there are none.
 */
final class Marked {
  private static final String VARIABLE = "FRESHET_PLATFORM_PROCESS_OF";
  private static final Path PROCESSES = Path.of("/proc");

  private Marked() {}

  static void mark(Map<String, String> environment, DataFolder data) {
    environment.put(VARIABLE, data.root().toString());
  }

  /** The processes that a platform with this data folder started, directly or not. */
  static List<ProcessHandle> of(DataFolder data) {
    if (!Files.isDirectory(PROCESSES)) {
      return List.of();
    }
    String mark = VARIABLE + "=" + data.root();
    try (Stream<Path> folders = Files.list(PROCESSES)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("\\d+"))
          .filter(folder -> environmentOf(folder).contains(mark))
          .flatMap(folder -> handle(folder).stream())
          .filter(ProcessHandle::isAlive)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<ProcessHandle> handle(Path folder) {
    return ProcessHandle.of(Long.parseLong(folder.getFileName().toString()));
  }

  private static List<String> environmentOf(Path folder) {
    try {
      String environment = new String(Files.readAllBytes(folder.resolve("environ")), UTF_8);
      return List.of(environment.split("\0", -1));
    } catch (IOException e) {
      // Another user's process, or one that just ended.
      return List.of();
    }
  }
}
