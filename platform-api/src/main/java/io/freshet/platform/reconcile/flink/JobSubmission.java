package io.freshet.platform.reconcile.flink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job to be run from an uploaded jar.
 *
 * @param jobId 32 hexadecimal digits, chosen by us: the cluster runs an id once
 * @param arguments of the jar's main method
 * @param restoreFrom the path of a savepoint or retained checkpoint, which the job then owns; null
 *     for a start from nothing
 */
public record JobSubmission(
    String jobId, List<String> arguments, int parallelism, @Nullable String restoreFrom) {
  public JobSubmission {
    arguments = List.copyOf(arguments);
  }
}
