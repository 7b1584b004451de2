package io.freshet.platform.reconcile;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What jobs left behind to go on from: checkpoints in {@code <folder>/<job id>/chk-<number>} and
 * savepoints in {@code <folder>/savepoints/<job id>/<stop>/<name>}, each complete once it has a
 * {@code _metadata}.
 */
final class RetainedCheckpoints {
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");
  private static final String SAVEPOINTS = "savepoints";
  private static final int SAVEPOINT_DEPTH = 2;

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

  /** Where a stop of a job puts its savepoint, as a URI. */
  String savepointFolder(String jobId, int stop) {
    return asUri(folder.resolve(SAVEPOINTS).resolve(jobId).resolve(Integer.toString(stop)));
  }

  /**
   * All that the attempts of a job left, the newest first, also what cannot be used.
   *
   * @throws FreshetException if a folder cannot be read: to say there is none would lose state
   */
  List<RestorePoint> newestFirst(StreamingJob job) {
    boolean hadState = job.past().checkpointed() || job.savepoint() != null;
    if (hadState && !Files.isDirectory(folder)) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE,
          "Cannot look for checkpoints in " + folder + ": it is not there, mount or restore it");
    }
    List<RestorePoint> points = new ArrayList<>();
    for (String jobId : JobIds.newestFirst(job)) {
      points.addAll(ofAttempt(jobId));
      if (jobId.equals(job.jobId()) && job.savepoint() != null) {
        points.add(at(Path.of(URI.create(job.savepoint()).getPath())));
      }
    }
    Set<String> seen = new HashSet<>();
    return points.stream().filter(point -> seen.add(point.uri())).toList();
  }

  private List<RestorePoint> ofAttempt(String jobId) {
    Path checkpoints = folder.resolve(jobId);
    List<Path> found = new ArrayList<>(list(checkpoints, 1));
    found.removeIf(child -> !CHECKPOINT.matcher(String.valueOf(child.getFileName())).matches());
    found.addAll(list(folder.resolve(SAVEPOINTS).resolve(jobId), SAVEPOINT_DEPTH));
    return found.stream()
        .filter(child -> Files.exists(child.resolve(CheckpointMetadata.FILE)))
        .map(RetainedCheckpoints::at)
        .sorted(Comparator.comparingLong(RestorePoint::number).reversed())
        .toList();
  }

  private static List<Path> list(Path parent, int depth) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.find(parent, depth, (path, file) -> file.isDirectory())) {
      return children.toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE,
          "Cannot look for checkpoints in " + parent + ": it cannot be read, check its permissions",
          unreadable);
    }
  }

  private static RestorePoint at(Path point) {
    Path metadata = point.resolve(CheckpointMetadata.FILE);
    CheckpointMetadata head = CheckpointMetadata.read(metadata);
    Matcher checkpoint = CHECKPOINT.matcher(String.valueOf(point.getFileName()));
    boolean isCheckpoint = checkpoint.matches();
    return new RestorePoint(
        asUri(point),
        isCheckpoint ? RestorePoint.Kind.CHECKPOINT : RestorePoint.Kind.SAVEPOINT,
        isCheckpoint ? Long.parseLong(checkpoint.group(1)) : numberOfSavepoint(head),
        modified(metadata),
        head.fault());
  }

  /** A job ends with its savepoint, so that one without a readable number is the newest. */
  private static long numberOfSavepoint(CheckpointMetadata head) {
    return head.fault() == null ? head.number() : Long.MAX_VALUE;
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }

  /** Without the slash at its end, as the cluster writes it. */
  private static String asUri(Path folder) {
    String uri = folder.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
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
