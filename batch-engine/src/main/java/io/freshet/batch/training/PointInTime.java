package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.freshet.batch.materialize.ArchivedEvents;
import io.freshet.batch.materialize.ComputedRows;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.RunViews;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.OfSource;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The features of one source's views for every label, from the source's events. */
record PointInTime(SparkSession spark, TrainingSetPlan plan, OfSource part) {
  /**
   * Rows of {@link LabelSchema#values}.
   *
   * @param labels the numbered spine, at least one row
   */
  Dataset<Row> features(Dataset<Row> labels) {
    Row span = labels.agg(min(named(plan.labelTime())), max(named(plan.labelTime()))).first();
    long first = span.<Instant>getAs(0).toEpochMilli();
    long last = span.<Instant>getAs(1).toEpochMilli();
    RunViews run = RunViews.between(part.source(), part.views(), first, last);
    return taken(run)
        .union(asked(run, labels))
        .repartition(named(InputSchema.VIEW), named(InputSchema.KEY))
        .sortWithinPartitions(
            named(InputSchema.VIEW),
            named(InputSchema.KEY),
            named(InputSchema.TIME),
            named(LabelSchema.LABEL).asc_nulls_last(),
            named(InputSchema.PARTITION),
            named(InputSchema.OFFSET))
        .mapPartitions(new SweepTimeline(run), Encoders.row(LabelSchema.values()));
  }

  private Dataset<Row> taken(RunViews run) {
    EventTable events = EventTable.of(spark, part.source(), plan.warehouse());
    return new ComputedRows(run)
        .inputs(ArchivedEvents.select(events.rows(events.version()), run))
        .filter(named(InputSchema.INPUTS).isNotNull())
        .withColumn(LabelSchema.LABEL, lit(null).cast(DataTypes.LongType));
  }

  private Dataset<Row> asked(RunViews run, Dataset<Row> labels) {
    return labels.mapPartitions(
        new LabelsOfViews(run, labels.schema(), plan.labelTime()),
        Encoders.row(LabelSchema.timeline()));
  }
}
