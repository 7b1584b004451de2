package io.freshet.batch.archive;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Records of one partition, decoded to rows of the archive as a run decodes them. */
public final class ArrivedRecords {
  private ArrivedRecords() {}

  /**
   * @param values of the records, in the order of their offsets
   */
  public static Dataset<Row> archived(
      SparkSession spark, SourcePlan source, List<byte[]> values, Instant arrived) {
    return archived(spark, source, values, Collections.nCopies(values.size(), arrived));
  }

  /**
   * @param arrived when each of them did
   */
  public static Dataset<Row> archived(
      SparkSession spark, SourcePlan source, List<byte[]> values, List<Instant> arrived) {
    List<Row> records =
        IntStream.range(0, values.size())
            .mapToObj(at -> RowFactory.create(0, (long) at, arrived.get(at), null, values.get(at)))
            .toList();
    StructType schema =
        new StructType()
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType);
    Dataset<Row> decoded =
        spark
            .createDataFrame(records, schema)
            .mapPartitions(
                new DecodeRecords(PlanCodec.encodeToString(source)),
                Encoders.row(ArchiveSchema.decoded(source)));
    return decoded
        .filter(named(ArchiveSchema.REJECTED_KIND).isNull())
        .select(ArchiveSchema.archiveColumns(source));
  }

  /** Writes rows of an archive as the archive of a source. */
  public static void write(Dataset<Row> archived, String folder) {
    archived.write().format("delta").partitionBy(ArchiveSchema.EVENT_DATE).save(folder);
  }
}
