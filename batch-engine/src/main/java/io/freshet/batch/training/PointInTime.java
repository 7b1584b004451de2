package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The features of one source's views for every label, from the source's events: one scan and one
 * shuffle for all its views and entities.
 */
record PointInTime(SparkSession spark, AskedSource asked) {
  /**
   * Rows of {@link TimelineSchema#answers}; none for a label without a key of a group.
   *
   * @param labels that have a time
   * @param count how many they are, at least 1
   */
  Dataset<Row> answers(Dataset<Row> labels, long count, StructType spine) {
    SourceEvents events = SourceEvents.of(spark, asked);
    HeavyKeys.Spread spread =
        HeavyKeys.of(spark)
            .spread(events, labels, new PackLabels(asked, SplitKeys.NONE, spine), count);
    return events
        .timeline(spread.splits())
        .union(
            labels.mapPartitions(
                new PackLabels(asked, spread.splits(), spine),
                Encoders.row(TimelineSchema.timeline())))
        .repartition(spread.tasks(), named(TimelineSchema.SLOT))
        .sortWithinPartitions(named(TimelineSchema.ORDER))
        .mapPartitions(new SweepTimeline(asked), Encoders.row(TimelineSchema.answers()));
  }
}
