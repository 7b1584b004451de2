package io.freshet.batch.archive;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.freshet.batch.table.SparkColumns;
import io.freshet.batch.topic.KafkaTopic;
import io.freshet.plan.SourcePlan;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reports records that are no events to the source's dead-letter topic: the record as it came, with
 * where it came from and the reason in its headers. A run that is killed and repeated may report a
 * record twice.
 */
record DeadLetters(String bootstrapServers, SourcePlan source) {
  /**
   * @param rejected rows of {@link ArchiveSchema#rejected}
   */
  void send(Dataset<Row> rejected) {
    new KafkaTopic(bootstrapServers, source.deadLetterTopic()).ensure();
    rejected
        .select(
            SparkColumns.named(ArchiveSchema.KEY).as("key"),
            SparkColumns.named(ArchiveSchema.VALUE).as("value"),
            array(
                    header("freshet-topic", lit(source.topic())),
                    header("freshet-partition", SparkColumns.named(ArchiveSchema.PARTITION)),
                    header("freshet-offset", SparkColumns.named(ArchiveSchema.OFFSET)),
                    header("freshet-kind", SparkColumns.named(ArchiveSchema.KIND)),
                    header("freshet-reason", SparkColumns.named(ArchiveSchema.REASON)))
                .as("headers"))
        .write()
        .format("kafka")
        .option("kafka.bootstrap.servers", bootstrapServers)
        .option("topic", source.deadLetterTopic())
        .option("includeHeaders", "true")
        .save();
  }

  private static Column header(String name, Column value) {
    return struct(lit(name).as("key"), value.cast("string").cast("binary").as("value"));
  }
}
