package io.freshet.streaming.log.delta;

import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a job committed to a table after the checkpoint that it starts from again: checkpoints that
 * have been given up, whose rows the job computes anew.
 */
final class AbandonedCommits {
  private static final int APPLICATION = 0;
  private static final int VERSION = 1;
  private static final int PATH = AddFile.FULL_SCHEMA.indexOf("path");

  private final LogTable table;
  private final String job;
  private final String lastApplication;
  private final long lastVersion;

  /**
   * @param job what the names of all its applications begin with
   * @param lastApplication of the newest commit that holds
   * @param lastVersion the newest that it may have
   */
  AbandonedCommits(LogTable table, String job, String lastApplication, long lastVersion) {
    this.table = table;
    this.job = job;
    this.lastApplication = lastApplication;
    this.lastVersion = lastVersion;
  }

  /** The actions that remove the files that are still in the table; the rows go with them. */
  List<Row> removals() throws IOException {
    Snapshot snapshot = table.snapshot();
    Set<String> paths = paths(snapshot);
    List<Row> removals = new ArrayList<>();
    if (paths.isEmpty()) {
      return removals;
    }
    long now = System.currentTimeMillis();
    try (CloseableIterator<FilteredColumnarBatch> files =
        snapshot.getScanBuilder().build().getScanFiles(table.engine())) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> rows = files.next().getRows()) {
          while (rows.hasNext()) {
            AddFile file =
                new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
            if (paths.contains(file.getPath())) {
              removals.add(
                  SingleAction.createRemoveFileSingleAction(
                      file.toRemoveFileRow(true, Optional.of(now))));
            }
          }
        }
      }
    }
    return removals;
  }

  /** The files of the job's commits, from the newest back to the one that holds. */
  private Set<String> paths(Snapshot snapshot) throws IOException {
    Set<String> paths = new HashSet<>();
    for (long version = snapshot.getVersion(); version >= 0; version--) {
      Commit commit = read(version);
      if (lastApplication.equals(commit.application) && commit.version <= lastVersion) {
        break;
      }
      if (commit.application.startsWith(job)) {
        paths.addAll(commit.paths);
      }
    }
    return paths;
  }

  private Commit read(long version) throws IOException {
    Engine engine = table.engine();
    CommitRange range =
        TableManager.loadCommitRange(table.path(), CommitBoundary.atVersion(version))
            .withEndBoundary(CommitBoundary.atVersion(version))
            .build(engine);
    Commit commit = new Commit();
    try (CloseableIterator<ColumnarBatch> actions =
        range.getActions(engine, Set.of(DeltaAction.TXN, DeltaAction.ADD))) {
      actions.forEachRemaining(commit::take);
    }
    return commit;
  }

  /** Who made a commit, and the files that it added. */
  private static final class Commit {
    private String application = "";
    private long version;
    private final Set<String> paths = new HashSet<>();

    void take(ColumnarBatch actions) {
      ColumnVector transactions =
          actions.getColumnVector(actions.getSchema().indexOf(DeltaAction.TXN.colName));
      ColumnVector added =
          actions.getColumnVector(actions.getSchema().indexOf(DeltaAction.ADD.colName));
      for (int row = 0; row < actions.getSize(); row++) {
        if (!transactions.isNullAt(row)) {
          application = transactions.getChild(APPLICATION).getString(row);
          version = transactions.getChild(VERSION).getLong(row);
        }
        if (!added.isNullAt(row)) {
          paths.add(added.getChild(PATH).getString(row));
        }
      }
    }
  }
}
