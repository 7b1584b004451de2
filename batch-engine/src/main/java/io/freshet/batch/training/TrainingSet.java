package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes a training set: the rows of the spine, each with the features as of its label's time. What
 * a label sees is said by {@link io.freshet.serving.ServingRule}: an event at the label's time or
 * later never counts, and as served nothing that arrived then or later.
 */
public final class TrainingSet {
  private TrainingSet() {}

  /**
   * Writes it, whole or not at all; a run that is repeated after it was written only says again
   * what is in it.
   *
   * @throws io.freshet.error.InvalidInputException if the spine lacks columns or has others than
   *     the features need
   * @throws io.freshet.error.FreshetException if something else is where it is to be written, or a
   *     source has no archive
   */
  public static TrainingSetResult write(SparkSession spark, TrainingSetPlan plan) {
    OutputFolder output = OutputFolder.of(spark, plan);
    Dataset<Row> spine = Spine.read(spark, plan);
    Dataset<Row> numbered = Labels.numbered(spine).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Labels labels = Labels.of(numbered, spine.schema(), plan);
      if (!output.isWritten()) {
        output.write(rows(spark, plan, labels));
      }
      return Statistics.of(plan, labels, output.read());
    } finally {
      numbered.unpersist();
    }
  }

  private static Dataset<Row> rows(SparkSession spark, TrainingSetPlan plan, Labels labels) {
    AssembleRows assembly = AssembleRows.of(plan, labels.columns());
    int groups = AskedSource.groups(plan).stream().mapToInt(List::size).sum();
    int tasks = HeavyKeys.of(spark).tasks(labels.count() * (1 + groups));
    return labels
        .rows()
        .select(
            named(TimelineSchema.LABEL),
            lit(TimelineSchema.SPINE_ROW).as(TimelineSchema.GROUP),
            lit(null).cast(DataTypes.BinaryType).as(TimelineSchema.FEATURES),
            named(TimelineSchema.SPINE))
        .union(
            answers(spark, plan, labels)
                .select(
                    named(TimelineSchema.LABEL),
                    named(TimelineSchema.GROUP),
                    named(TimelineSchema.FEATURES),
                    lit(null).cast(labels.columns()).as(TimelineSchema.SPINE)))
        .repartition(tasks, named(TimelineSchema.LABEL))
        .sortWithinPartitions(named(TimelineSchema.LABEL))
        .mapPartitions(assembly, Encoders.row(assembly.schema()));
  }

  private static Dataset<Row> answers(SparkSession spark, TrainingSetPlan plan, Labels labels) {
    Dataset<Row> none = spark.emptyDataset(Encoders.row(TimelineSchema.answers()));
    if (labels.count() == 0) {
      return none;
    }
    String json = PlanCodec.encodeToString(plan);
    return IntStream.range(0, plan.sources().size())
        .mapToObj(i -> new AskedSource(json, i, labels.firstMillis(), labels.lastMillis()))
        .map(asked -> new PointInTime(spark, asked))
        .map(part -> part.answers(labels.rows(), labels.count(), labels.columns()))
        .reduce(none, Dataset::union);
  }
}
