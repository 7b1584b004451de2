package io.freshet.batch.table;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.delta.commands.cdc.CDCReader$;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** A Delta table, by its folder. */
public record DeltaFolder(SparkSession spark, String path) {
  /** When the commit was made that a row of {@link #changes} tells of. */
  public static final String COMMITTED_AT = "_commit_timestamp";

  private static final String FORMAT = "delta";

  public boolean exists() {
    return DeltaTable.isDeltaTable(spark, path);
  }

  /** Makes the table if it is not there. */
  public DeltaFolder ensured(
      StructType schema, String partitionColumn, Map<String, String> properties) {
    if (!exists()) {
      DeltaTableBuilder table =
          DeltaTable.createIfNotExists(spark)
              .location(path)
              .addColumns(schema)
              .partitionedBy(partitionColumn);
      properties.forEach(table::property);
      table.execute();
    }
    return this;
  }

  /** One look at the log. */
  public DeltaState state() {
    return new DeltaState(
        DeltaLog.forTable(spark, path).update(false, Option.empty(), Option.empty()));
  }

  public Dataset<Row> read() {
    return spark.read().format(FORMAT).load(path);
  }

  /**
   * The rows that the table has now, whatever is committed to it until they are read: a plain read
   * sees the table as it is when a task of it starts.
   */
  public Dataset<Row> readPinned() {
    return readAt(state().version());
  }

  /** The rows of a version. */
  public Dataset<Row> readAt(long version) {
    return spark.read().format(FORMAT).option("versionAsOf", version).load(path);
  }

  /**
   * The rows that the versions after one have added and taken away, with what became of each and
   * the version that did it. A table without a change data feed says it by files: a row that stayed
   * may be said to have gone and come.
   *
   * @param through a later version, the last that counts
   */
  public Dataset<Row> changes(long after, long through) {
    return hasFeedSince(after) ? feed(after, through) : changedFiles(after, through);
  }

  private boolean hasFeedSince(long version) {
    DeltaLog log = DeltaLog.forTable(spark, path);
    return Stream.of(version, state().version())
        .map(at -> log.getSnapshotAt(at, Option.empty(), Option.empty(), false))
        .allMatch(at -> CDCReader$.MODULE$.isCDCEnabledOnTable(at.metadata(), spark));
  }

  private Dataset<Row> changedFiles(long after, long through) {
    return CDCReader$.MODULE$.changesToBatchDF(
        DeltaLog.forTable(spark, path),
        after + 1,
        through,
        spark,
        Option.empty(),
        Option.empty(),
        true,
        Option.empty());
  }

  private Dataset<Row> feed(long after, long through) {
    return spark
        .read()
        .format(FORMAT)
        .option("readChangeFeed", "true")
        .option("startingVersion", after + 1)
        .option("endingVersion", through)
        .load(path);
  }

  /** Whether one of the versions after one, up to another, has changed or taken away rows. */
  public boolean hasRemovals(long after, long through) {
    return DeltaLog.forTable(spark, path)
        .getChanges(after + 1, through, Option.empty(), true)
        .exists(commit -> commit._2().exists(DeltaFolder::takesRowsAway));
  }

  /** Whether the log still has the commit that made a version. */
  public boolean hasCommit(long version) {
    Path commit = new Path(path, "_delta_log/%020d.json".formatted(version));
    try {
      return commit.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(commit);
    } catch (IOException e) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE, "Cannot read " + commit + ": " + e.getMessage(), e);
    }
  }

  /** Adds rows. */
  public void append(Dataset<Row> rows) {
    rows.write().format(FORMAT).mode(SaveMode.Append).save(path);
  }

  /** Adds rows; columns that the table does not have yet are added to it. */
  public void append(Dataset<Row> rows, CommitId commit) {
    write(rows, SaveMode.Append, commit).option("mergeSchema", "true").save(path);
  }

  /** Replaces all rows. */
  public void overwrite(Dataset<Row> rows, CommitId commit) {
    write(rows, SaveMode.Overwrite, commit).save(path);
  }

  /**
   * Replaces the rows that a condition holds for.
   *
   * @param condition SQL that also holds for every new row
   */
  public void replaceWhere(String condition, Dataset<Row> rows, CommitId commit) {
    write(rows, SaveMode.Overwrite, commit).option("replaceWhere", condition).save(path);
  }

  /** Puts rows that say the same in place of those that a condition holds for. */
  public void rewrite(String condition, Dataset<Row> rows) {
    rows.write()
        .format(FORMAT)
        .mode(SaveMode.Overwrite)
        .option("replaceWhere", condition)
        .option("dataChange", "false")
        .save(path);
  }

  /** Takes the rows away that a condition holds for. */
  public void delete(Column condition) {
    DeltaTable.forPath(spark, path).delete(condition);
  }

  private static boolean takesRowsAway(Action action) {
    return action instanceof RemoveFile file && file.dataChange();
  }

  private static DataFrameWriter<Row> write(Dataset<Row> rows, SaveMode mode, CommitId commit) {
    return rows.write()
        .format(FORMAT)
        .mode(mode)
        .option("txnAppId", commit.application())
        .option("txnVersion", commit.version());
  }
}
