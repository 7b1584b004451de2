package io.freshet.batch.table;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Map;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A Delta table, by its folder. */
public record DeltaFolder(SparkSession spark, String path) {
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

  public Dataset<Row> read() {
    return spark.read().format(FORMAT).load(path);
  }

  /**
   * The rows that the table has now, whatever is committed to it until they are read: a plain read
   * sees the table as it is when a task of it starts.
   */
  public Dataset<Row> readPinned() {
    long version = DeltaTable.forPath(spark, path).history(1).select("version").first().getLong(0);
    return spark.read().format(FORMAT).option("versionAsOf", version).load(path);
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

  private static DataFrameWriter<Row> write(Dataset<Row> rows, SaveMode mode, CommitId commit) {
    return rows.write()
        .format(FORMAT)
        .mode(mode)
        .option("txnAppId", commit.application())
        .option("txnVersion", commit.version());
  }
}
