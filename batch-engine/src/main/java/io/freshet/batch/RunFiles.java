package io.freshet.batch;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;

/** The files by which a run gets its plan and gives its result. */
final class RunFiles {
  private RunFiles() {}

  /**
   * @throws FreshetException if there is not one argument, or it names no file with a plan
   */
  static <T> T plan(String[] arguments, Class<T> type) {
    if (arguments.length != 1) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot run: %d arguments, give the path of a file with the plan of the run"
              .formatted(arguments.length));
    }
    try {
      return PlanCodec.decode(Files.readAllBytes(Path.of(arguments[0])), type);
    } catch (IOException | JacksonException e) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot read the plan of the run: %s in %s".formatted(e, arguments[0]),
          e);
    }
  }

  /**
   * Writes a result so that its file is there whole or not at all.
   *
   * @param resultFile where the plan wants it
   */
  static void write(String resultFile, Object result) {
    Path file = Path.of(resultFile).toAbsolutePath();
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.write(unfinished, PlanCodec.encode(result));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE, "Cannot write the result of the run: " + e, e);
    }
  }
}
