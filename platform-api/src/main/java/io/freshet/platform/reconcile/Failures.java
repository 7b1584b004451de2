package io.freshet.platform.reconcile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the exceptions of a job say about its end. */
final class Failures {
  /** What the streaming engine says when a transaction of a feature log was lost. */
  private static final String DATA_LOSS = "data loss suspected";

  /** What Flink says when a checkpoint's metadata or one of its files cannot be read. */
  private static final List<String> NOT_RESTORED =
      List.of(
          "Exception while creating StreamOperatorStateContext",
          "Failed to rollback to checkpoint/savepoint",
          "Cannot find checkpoint or savepoint",
          "Cannot find meta data file",
          "Unexpected magic number",
          "Could not load checkpoint",
          "Could not restore keyed state backend",
          "Could not restore operator state backend");

  /** The state does not fit the release: an older checkpoint would not fit either. */
  private static final List<String> MISFIT =
      List.of(
          "Cannot map checkpoint/savepoint state",
          "must not be incompatible",
          "StateMigrationException");

  private static final int LONGEST = 500;

  private Failures() {}

  /** The line that tells of lost data, if any does. */
  static Optional<String> dataLoss(List<String> stackTraces) {
    return stackTraces.stream()
        .flatMap(String::lines)
        .filter(line -> line.toLowerCase(Locale.ROOT).contains(DATA_LOSS))
        .findFirst()
        .map(Failures::shortened);
  }

  /** Whether the newest failure was that state could not be read. */
  static boolean isNotRestored(List<String> stackTraces) {
    return stackTraces.stream()
        .findFirst()
        .filter(trace -> NOT_RESTORED.stream().anyMatch(trace::contains))
        .filter(trace -> MISFIT.stream().noneMatch(trace::contains))
        .isPresent();
  }

  private static String shortened(String line) {
    String text = line.strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
