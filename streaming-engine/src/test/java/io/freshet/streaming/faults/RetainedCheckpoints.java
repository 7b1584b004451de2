package io.freshet.streaming.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The completed checkpoints that a job has left in its folder. */
record RetainedCheckpoints(Path folder) {
  /** Those of a job that have their metadata, newest first. */
  List<Path> newestFirst(String jobId) throws IOException {
    try (var found = Files.list(folder.resolve(jobId))) {
      return found
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .sorted(Comparator.comparingLong(RetainedCheckpoints::number).reversed())
          .toList();
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }
}
