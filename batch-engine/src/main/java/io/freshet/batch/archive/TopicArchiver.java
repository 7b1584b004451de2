package io.freshet.batch.archive;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.when;

import io.freshet.batch.topic.KafkaTopic;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Archives the records that a topic has by now and the archive has not: each exactly once, whatever
 * run is killed. A run stops, rather than pass over them, where records that it has yet to read are
 * gone from the topic.
 */
public final class TopicArchiver {
  /** The records of a micro-batch at most: they are kept in memory or on disk while it lasts. */
  private static final long RECORDS_A_BATCH = 1_000_000;

  /** {@code timestampType} of a record whose timestamp is when the broker appended it. */
  private static final int LOG_APPEND_TIME = 1;

  private final SparkSession spark;
  private final ArchiveRun run;
  private final String checkpoint;

  private TopicArchiver(SparkSession spark, ArchiveRun run) {
    this.spark = spark;
    this.run = run;
    this.checkpoint = run.tables().archiveCheckpoint();
  }

  /**
   * @throws FreshetException if Kafka does not answer, or has lost records that were not archived
   */
  public static ArchiveCounts archive(SparkSession spark, ArchiveRun run, ArchiveTables tables) {
    return new TopicArchiver(spark, run).archiveTo(tables);
  }

  private ArchiveCounts archiveTo(ArchiveTables tables) {
    boolean begun = checkpointExists();
    if (!begun && !tables.archive().read().isEmpty()) {
      throw refusal("its archive has events but the checkpoint " + checkpoint + " is gone", "it");
    }
    if (!new KafkaTopic(run.bootstrapServers(), run.source().topic()).exists()) {
      if (begun) {
        throw refusal("it was archived before and is gone", "the topic");
      }
      return ArchiveCounts.NONE;
    }
    MicroBatch batch = new MicroBatch(run, tables);
    takeAll(batch);
    return batch.counts();
  }

  private void takeAll(MicroBatch batch) {
    try {
      StreamingQuery query =
          newRecords()
              .writeStream()
              .foreachBatch(batch)
              .option("checkpointLocation", checkpoint)
              .trigger(Trigger.AvailableNow())
              .start();
      query.awaitTermination();
    } catch (StreamingQueryException | TimeoutException e) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE,
          "Cannot archive topic %s: %s".formatted(run.source().topic(), rootMessage(e)),
          e);
    }
  }

  /**
   * Records as (partition, offset, arrival, key, value). A micro-batch keeps its clock when it is
   * repeated, so that it decides alike on events dated in the future.
   */
  private Dataset<Row> newRecords() {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", run.bootstrapServers())
        .option("subscribe", run.source().topic())
        .option("startingOffsets", "earliest")
        .option("failOnDataLoss", "true")
        .option("maxOffsetsPerTrigger", RECORDS_A_BATCH)
        .load()
        .select(
            named("partition"),
            named("offset"),
            when(named("timestampType").equalTo(LOG_APPEND_TIME), named("timestamp"))
                .otherwise(current_timestamp()),
            named("key"),
            named("value"));
  }

  private boolean checkpointExists() {
    Path folder = new Path(checkpoint);
    try {
      return folder
          .getFileSystem(spark.sparkContext().hadoopConfiguration())
          .exists(new Path(folder, "metadata"));
    } catch (IOException e) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE, "Cannot read " + checkpoint + ": " + e.getMessage(), e);
    }
  }

  private FreshetException refusal(String reason, String restored) {
    return new FreshetException(
        ErrorCategory.USER,
        "Cannot archive topic %s: %s, restore %s or archive a new source"
            .formatted(run.source().topic(), reason, restored));
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
