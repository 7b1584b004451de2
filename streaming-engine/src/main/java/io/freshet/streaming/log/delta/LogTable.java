package io.freshet.streaming.log.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.json.JsonUtils;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.freshet.plan.SourcePlan;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Delta table of a view's feature log, by its folder. For one thread. */
public final class LogTable {
  static final String ENGINE = "freshet-stream";

  private static final Logger LOG = LoggerFactory.getLogger(LogTable.class);

  private final Engine engine;
  private final String path;

  private LogTable(Engine engine, String path) {
    this.engine = engine;
    this.path = path;
  }

  public static LogTable at(String path) {
    return new LogTable(DefaultEngine.create(new Configuration()), path);
  }

  /** The logs of a source's views that there are. */
  public static List<LogTable> allOf(String warehouse, SourcePlan source) throws IOException {
    Engine engine = DefaultEngine.create(new Configuration());
    List<LogTable> tables = new ArrayList<>();
    try (CloseableIterator<FileStatus> folders =
        engine.getFileSystemClient().listFrom(pathOf(warehouse, source, 0))) {
      folders.forEachRemaining(folder -> tables.add(new LogTable(engine, folder.getPath())));
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return tables;
  }

  /** Where the batch engine has the log of a view too. */
  public static String pathOf(String warehouse, SourcePlan source, int view) {
    return "%s/%s/%s/feature-log/view-%d"
        .formatted(warehouse, source.project(), source.name(), view);
  }

  /**
   * The newest version of an application that was committed.
   *
   * @return empty if there is none, or no table
   */
  public OptionalLong newestVersion(String application) {
    try {
      return snapshot()
          .getLatestTransactionVersion(engine, application)
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    } catch (TableNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Commits files as a version of an application, all or none. Rows of a version that is not above
   * the application's newest are not committed again.
   *
   * @param actions as {@link LogFileWriter} makes them
   */
  public void commit(String application, long version, List<String> actions) throws IOException {
    commit(
        application,
        version,
        actions.stream()
            .map(json -> JsonUtils.rowFromJson(json, SingleAction.FULL_SCHEMA))
            .iterator());
  }

  /**
   * Takes back what a job committed after a checkpoint that it starts from again.
   *
   * @param job what the names of all its applications begin with
   * @param application that had committed the checkpoint
   * @param checkpoint the version that holds
   * @param branch the application that goes on
   * @return how many files were taken out of the table
   */
  public int takeBack(String job, String application, long checkpoint, String branch)
      throws IOException {
    List<Row> removals = new AbandonedCommits(this, job, application, checkpoint).removals();
    if (!removals.isEmpty()) {
      commit(branch, checkpoint, removals.iterator());
    }
    return removals.size();
  }

  private void commit(String application, long version, Iterator<Row> actions) throws IOException {
    Transaction transaction =
        snapshot()
            .buildUpdateTableTransaction(ENGINE, Operation.WRITE)
            .withTransactionId(application, version)
            .build(engine);
    TransactionCommitResult result =
        transaction.commit(
            engine, CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions)));
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      invoke(hook);
    }
  }

  /** The state of a transaction, by which files are written; makes the table if it is not there. */
  Row ensured(StructType schema) {
    try {
      return writeState(snapshot());
    } catch (TableNotFoundException e) {
      create(schema);
      return writeState(snapshot());
    }
  }

  Snapshot snapshot() {
    return TableManager.loadSnapshot(path).build(engine);
  }

  Engine engine() {
    return engine;
  }

  String path() {
    return path;
  }

  private Row writeState(Snapshot snapshot) {
    return snapshot
        .buildUpdateTableTransaction(ENGINE, Operation.WRITE)
        .build(engine)
        .getTransactionState(engine);
  }

  private void create(StructType schema) {
    try {
      TableManager.buildCreateTableTransaction(path, schema, ENGINE)
          .withDataLayoutSpec(DataLayoutSpec.partitioned(List.of(new Column(LogSchema.DATE))))
          .build(engine)
          .commit(engine, CloseableIterable.emptyIterable());
    } catch (TableAlreadyExistsException | ConcurrentWriteException e) {
      LOG.info("Another writer has made the table {}", path);
    }
  }

  /** Checkpoints and checksums of the table's log: reading is slower without, not wrong. */
  private void invoke(PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(engine);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot do {} for {}: a later commit does", hook.getType(), path, e);
    }
  }
}
