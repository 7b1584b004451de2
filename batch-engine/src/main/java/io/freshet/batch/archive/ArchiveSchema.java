package io.freshet.batch.archive;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.table.SparkColumns;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of the archive (the source's own, then where and when the record arrived, then the
 * UTC date of the event, which partitions it) and of the rejected records.
 */
public final class ArchiveSchema {
  /** The Kafka partition of the record. */
  public static final String PARTITION = "_partition";

  /** Its offset in the partition. */
  public static final String OFFSET = "_offset";

  /** When it arrived. */
  public static final String ARRIVED_AT = "_arrived_at";

  /** The UTC date of the event time. */
  public static final String EVENT_DATE = "_event_date";

  /** The version of the table that added the event, where changes of the table are read. */
  public static final String VERSION = "_commit_version";

  /** The number of the view that could not use the event; null if no view could. */
  public static final String VIEW = "view";

  /** The name of the {@code Rejection.Kind}. */
  public static final String KIND = "kind";

  public static final String REASON = "reason";

  /** The record's key as it came; null for an event that only one view could not use. */
  public static final String KEY = "key";

  /** The record's value as it came; null for an event that only one view could not use. */
  public static final String VALUE = "value";

  static final String REJECTED_KIND = "_kind";
  static final String REJECTED_REASON = "_reason";
  static final String REJECTED_KEY = "_key";
  static final String REJECTED_VALUE = "_value";

  private ArchiveSchema() {}

  static StructType archive(SourcePlan source) {
    StructType schema = new StructType();
    for (Column column : source.columns()) {
      schema = schema.add(column.name(), SparkColumns.typeOf(column.type()));
    }
    return schema
        .add(PARTITION, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(ARRIVED_AT, DataTypes.TimestampType)
        .add(EVENT_DATE, DataTypes.DateType);
  }

  static StructType rejected() {
    return new StructType()
        .add(PARTITION, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(ARRIVED_AT, DataTypes.TimestampType)
        .add(VIEW, DataTypes.IntegerType)
        .add(KIND, DataTypes.StringType)
        .add(REASON, DataTypes.StringType)
        .add(KEY, DataTypes.BinaryType)
        .add(VALUE, DataTypes.BinaryType);
  }

  /** The archive's columns, and what is known of a record that is no event, which has no others. */
  static StructType decoded(SourcePlan source) {
    return archive(source)
        .add(REJECTED_KIND, DataTypes.StringType)
        .add(REJECTED_REASON, DataTypes.StringType)
        .add(REJECTED_KEY, DataTypes.BinaryType)
        .add(REJECTED_VALUE, DataTypes.BinaryType);
  }

  /** The archive's columns of rows that have them. */
  public static org.apache.spark.sql.Column[] archiveColumns(SourcePlan source) {
    return Stream.of(archive(source).fieldNames())
        .map(SparkColumns::named)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  static org.apache.spark.sql.Column[] rejectedColumns() {
    return List.of(
            named(PARTITION),
            named(OFFSET),
            named(ARRIVED_AT),
            org.apache.spark.sql.functions.lit(null).cast(DataTypes.IntegerType).as(VIEW),
            named(REJECTED_KIND).as(KIND),
            named(REJECTED_REASON).as(REASON),
            named(REJECTED_KEY).as(KEY),
            named(REJECTED_VALUE).as(VALUE))
        .toArray(org.apache.spark.sql.Column[]::new);
  }
}
