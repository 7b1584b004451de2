package io.freshet.streaming.log;

import io.freshet.streaming.log.delta.LogTable;
import java.util.List;
import java.util.UUID;

/**
 * Names the commits of a job to Delta, whatever id Flink gives the job. Versions are the ids of
 * checkpoints: they go on where a job starts from a checkpoint, and start at 1 where it starts from
 * nothing, which begins a lineage. Where it starts from a checkpoint that is not the newest, ids
 * come a second time: that is another branch of the lineage.
 */
record Lineage(String job, String id, int branch) {
  private static final char BRANCH = '.';

  static Lineage begin(String job) {
    return new Lineage(job, UUID.randomUUID().toString(), 0);
  }

  /**
   * @param state as {@link #state} gave it
   */
  static Lineage of(String job, String state) {
    int dot = state.lastIndexOf(BRANCH);
    return new Lineage(job, state.substring(0, dot), Integer.parseInt(state.substring(dot + 1)));
  }

  String state() {
    return id + BRANCH + branch;
  }

  /** The transactional application of its commits. */
  String application() {
    return job + "/" + state();
  }

  /** Whether a table has commits that came after a checkpoint, of this branch or of later ones. */
  boolean hasLeft(long checkpoint, LogTable table) {
    return table.newestVersion(application()).orElse(0) > checkpoint
        || table.newestVersion(next().application()).isPresent();
  }

  /** The first branch that no table has commits of. */
  Lineage freshBranch(List<LogTable> tables) {
    Lineage fresh = next();
    while (isIn(tables, fresh)) {
      fresh = fresh.next();
    }
    return fresh;
  }

  private static boolean isIn(List<LogTable> tables, Lineage lineage) {
    return tables.stream()
        .anyMatch(table -> table.newestVersion(lineage.application()).isPresent());
  }

  private Lineage next() {
    return new Lineage(job, id, branch + 1);
  }
}
