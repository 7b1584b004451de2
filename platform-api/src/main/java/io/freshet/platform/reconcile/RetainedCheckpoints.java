package io.freshet.platform.reconcile;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints that jobs left behind: {@code <folder>/<job id>/chk-<number>}, complete once they
 * have a {@code _metadata}.
 */
final class RetainedCheckpoints {
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

  private final Path folder;

  /**
   * @param checkpointDir a path or {@code file:} URI
   * @throws FreshetException if it is another kind of URI
   */
  RetainedCheckpoints(String checkpointDir) {
    this.folder = folderOf(checkpointDir);
  }

  /** The folder as a URI, for the cluster. */
  String uri() {
    return asUri(folder);
  }

  /**
   * The newest complete checkpoint of the first job that has one, as a URI.
   *
   * @throws FreshetException if the folder cannot be read: to say there is none would lose state
   */
  Optional<String> newest(List<String> jobIds) {
    return jobIds.stream()
        .flatMap(jobId -> newestOf(folder.resolve(jobId)).stream())
        .findFirst()
        .map(RetainedCheckpoints::asUri);
  }

  private Optional<Path> newestOf(Path job) {
    if (!Files.isDirectory(job)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(job)) {
      return children
          .filter(child -> number(child) >= 0)
          .filter(child -> Files.isRegularFile(child.resolve("_metadata")))
          .max(Comparator.comparingLong(RetainedCheckpoints::number));
    } catch (IOException unreadable) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE,
          "Cannot look for checkpoints in " + job + ": it cannot be read, check its permissions",
          unreadable);
    }
  }

  /** Without the slash at its end, as the cluster writes it. */
  private static String asUri(Path folder) {
    String uri = folder.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  private static long number(Path checkpoint) {
    Matcher name = CHECKPOINT.matcher(String.valueOf(checkpoint.getFileName()));
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private static Path folderOf(String checkpointDir) {
    if (!checkpointDir.contains(":/")) {
      return Path.of(checkpointDir).toAbsolutePath().normalize();
    }
    URI uri = URI.create(checkpointDir);
    if (!"file".equals(uri.getScheme())) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot keep checkpoints in "
              + checkpointDir
              + ": only folders are supported, set freshet.flink.checkpoint-dir to a path or a"
              + " file: URI");
    }
    return Path.of(uri.getPath()).normalize();
  }
}
