package io.freshet.platform.schedule;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The files of batch runs: {@code <folder>/<run>-<attempt>/plan.json, result.json, progress.json,
 * run.log}.
 */
final class RunFiles {
  private static final Logger log = LoggerFactory.getLogger(RunFiles.class);
  private static final int TAIL_BYTES = 4000;
  private static final int TAIL_LINES = 30;

  private final Path folder;
  private final int kept;

  /**
   * @param kept of how many attempts the files are kept
   */
  RunFiles(Path folder, int kept) {
    this.folder = folder.toAbsolutePath();
    this.kept = kept;
  }

  /** The folder of an attempt, which is there afterwards. */
  Path prepare(String runId, int attempt) throws IOException {
    Files.createDirectories(folder);
    prune();
    return Files.createDirectories(folder.resolve(runId + "-" + attempt));
  }

  static Path planFile(Path attempt) {
    return attempt.resolve("plan.json");
  }

  static Path resultFile(Path attempt) {
    return attempt.resolve("result.json");
  }

  static Path logFile(Path attempt) {
    return attempt.resolve("run.log");
  }

  /** What the attempt of a plan has done, if it came to its end. */
  static Optional<RunResult> result(RunPlan plan) {
    try {
      RunResult result = plan.result(Files.readAllBytes(Path.of(plan.resultFile())));
      return Optional.of(result).filter(done -> done.runId().equals(plan.runId()));
    } catch (IOException | JacksonException absent) {
      return Optional.empty();
    }
  }

  /** How far the attempt of a plan is, if its driver has told. */
  static Optional<RunProgress> progress(RunPlan plan) {
    try {
      Path file = Path.of(plan.resultFile()).resolveSibling(RunProgress.FILE_NAME);
      RunProgress progress = PlanCodec.decode(Files.readAllBytes(file), RunProgress.class);
      return Optional.of(progress).filter(told -> told.runId().equals(plan.runId()));
    } catch (IOException | JacksonException absent) {
      return Optional.empty();
    }
  }

  /** The last lines of a log. */
  static String tail(Path logFile) {
    try (RandomAccessFile file = new RandomAccessFile(logFile.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(its log " + logFile + " cannot be read)";
    }
  }

  private void prune() throws IOException {
    try (Stream<Path> attempts = Files.list(folder)) {
      attempts
          .filter(Files::isDirectory)
          .sorted(Comparator.comparing(RunFiles::modified).reversed())
          .skip(kept - 1L)
          .forEach(RunFiles::delete);
    }
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static void delete(Path attempt) {
    try (Stream<Path> files = Files.list(attempt)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(attempt);
    } catch (IOException | UncheckedIOException failure) {
      log.warn("Cannot delete the files of an old run in {}: {}", attempt, failure.getMessage());
    }
  }
}
