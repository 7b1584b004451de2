package io.freshet.platform.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ids of jobs on the cluster. They follow from what a job is, so that to ask twice is harmless, and
 * from the attempt, because a cluster runs an id only once.
 */
final class JobIds {
  private static final int ID_BYTES = 16;

  private JobIds() {}

  /** 32 hexadecimal digits. */
  static String derive(JobKey key, long generation, int attempt) {
    String name =
        String.join(
            "/",
            key.project(),
            key.source(),
            key.delivery().wireName(),
            Long.toString(generation),
            Integer.toString(attempt));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The ids of all attempts of a job so far, the newest first. */
  static List<String> newestFirst(StreamingJob job) {
    return IntStream.iterate(job.attempt(), attempt -> attempt >= 1, attempt -> attempt - 1)
        .mapToObj(attempt -> derive(job.key(), job.generation(), attempt))
        .toList();
  }
}
