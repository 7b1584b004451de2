package io.freshet.batch.source;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * A table that others write, whose rows are events, but for those that break the {@link
 * RowContract}.
 */
final class ExternalTable implements EventTable {
  private static final String WRITTEN_AT = "_metadata.file_modification_time";
  private static final String FAULT = "_fault";
  private static final Object[] GONE = {"delete", "update_preimage"};

  private final SourcePlan source;
  private final TablePlan table;
  private final TableFiles files;

  private ExternalTable(SourcePlan source, TablePlan table, TableFiles files) {
    this.source = source;
    this.table = table;
    this.files = files;
  }

  static ExternalTable open(SparkSession spark, SourcePlan source, TablePlan table) {
    TableFiles files =
        switch (table.format()) {
          case DELTA -> DeltaFiles.open(spark, table.path());
          case PARQUET -> ParquetFiles.open(spark, table.path());
        };
    ExternalTable opened = new ExternalTable(source, table, files);
    opened.columnsOf(files.read(files.version()));
    return opened;
  }

  @Override
  public String id() {
    return files.id();
  }

  @Override
  public long version() {
    return files.version();
  }

  @Override
  public long bytes() {
    return files.bytes();
  }

  @Override
  public Dataset<Row> rows(long version) {
    return judged(files.read(version), col(WRITTEN_AT))
        .filter(named(FAULT).isNull())
        .select(ArchiveSchema.archiveColumns(source));
  }

  @Override
  public boolean tellsChangesAfter(long version) {
    return files.tellsChangesAfter(version);
  }

  @Override
  public boolean hasRemovalsAfter(long version) {
    return files.hasRemovalsAfter(version);
  }

  @Override
  public Dataset<Row> changesAfter(long version) {
    return judgedChanges(version)
        .filter(named(FAULT).isNull())
        .select(withChanges(ArchiveSchema.archiveColumns(source)));
  }

  /** The rows of the newest version that are no events. */
  Dataset<Row> rejected() {
    return rejected(judged(files.read(version()), col(WRITTEN_AT)));
  }

  /** Of the rows that came after a version, those that are no events. */
  Dataset<Row> rejectedAfter(long version) {
    return rejected(judgedChanges(version).filter(not(named(CHANGE).isin(GONE))));
  }

  /** As the archive records those of a topic. */
  private Dataset<Row> rejected(Dataset<Row> judged) {
    return judged
        .filter(named(FAULT).isNotNull())
        .select(
            named(ArchiveSchema.PARTITION),
            named(ArchiveSchema.OFFSET),
            named(ArchiveSchema.ARRIVED_AT),
            lit(null).cast(DataTypes.IntegerType).as(ArchiveSchema.VIEW),
            named(FAULT).getField(RowContract.KIND).as(ArchiveSchema.KIND),
            named(FAULT).getField(RowContract.REASON).as(ArchiveSchema.REASON),
            lit(null).cast(DataTypes.BinaryType).as(ArchiveSchema.KEY),
            to_json(struct(ownColumns()), Map.of("ignoreNullFields", "false"))
                .cast(DataTypes.BinaryType)
                .as(ArchiveSchema.VALUE));
  }

  private Dataset<Row> judgedChanges(long version) {
    return judged(
        files.changesAfter(version),
        col(DeltaFolder.COMMITTED_AT),
        named(CHANGE),
        named(ArchiveSchema.VERSION));
  }

  /**
   * The source's columns, those of the archive, and what is wrong with the row, if anything.
   *
   * @param more columns that are kept as they are
   */
  private Dataset<Row> judged(Dataset<Row> written, Column arrivedAt, Column... more) {
    List<Column> columns = new ArrayList<>(columnsOf(written));
    columns.add(arrivedAt.as(ArchiveSchema.ARRIVED_AT));
    columns.addAll(List.of(more));
    return written
        .select(columns.toArray(Column[]::new))
        .withColumn(ArchiveSchema.PARTITION, lit(0))
        .withColumn(ArchiveSchema.OFFSET, xxhash64(ownColumns()))
        .withColumn(ArchiveSchema.EVENT_DATE, to_date(named(source.eventTime())))
        .withColumn(FAULT, new RowContract(source).fault());
  }

  private List<Column> columnsOf(Dataset<Row> written) {
    return new TableColumns(source, table, written.schema()).bound();
  }

  private static Column[] withChanges(Column[] columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.add(named(CHANGE));
    all.add(named(ArchiveSchema.VERSION));
    return all.toArray(Column[]::new);
  }

  private Column[] ownColumns() {
    return source.columns().stream().map(column -> named(column.name())).toArray(Column[]::new);
  }
}
