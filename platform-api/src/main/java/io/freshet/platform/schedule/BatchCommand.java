package io.freshet.platform.schedule;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command line that runs a batch job. */
interface BatchCommand {
  /**
   * A program and its arguments.
   *
   * @param program the main class of the job
   * @param plan a file with the plan as JSON
   */
  List<String> line(String program, Path plan);

  /** Variables that the process gets besides those of the control plane. */
  default Map<String, String> environment() {
    return Map.of();
  }
}
