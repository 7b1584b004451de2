package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import io.freshet.batch.materialize.InputSchema;
import io.freshet.plan.TrainingSetPlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes a training set: the rows of the spine, each with the features as of its label's time, exact
 * to the millisecond. An event at the label's time or later never counts.
 */
public final class TrainingSet {
  private static final String ANSWERS = "answers";

  private TrainingSet() {}

  /**
   * @throws io.freshet.error.InvalidInputException if the spine lacks columns or has others than
   *     the features need
   */
  public static void write(SparkSession spark, TrainingSetPlan plan) {
    Dataset<Row> labels = Spine.numbered(spark, plan).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      rows(spark, plan, labels).write().format("delta").save(plan.output());
    } finally {
      labels.unpersist();
    }
  }

  private static Dataset<Row> rows(SparkSession spark, TrainingSetPlan plan, Dataset<Row> labels) {
    Dataset<Row> answers =
        answers(spark, plan, labels)
            .groupBy(named(LabelSchema.LABEL))
            .agg(
                collect_list(struct(named(InputSchema.VIEW), named(LabelSchema.FEATURES)))
                    .as(ANSWERS));
    AssembleRows assembly = AssembleRows.of(plan, labels.drop(LabelSchema.LABEL).schema());
    return labels
        .join(answers, new String[] {LabelSchema.LABEL}, "left")
        .drop(LabelSchema.LABEL)
        .mapPartitions(assembly, Encoders.row(assembly.schema()));
  }

  private static Dataset<Row> answers(
      SparkSession spark, TrainingSetPlan plan, Dataset<Row> labels) {
    Dataset<Row> none = spark.emptyDataset(Encoders.row(LabelSchema.values()));
    if (labels.isEmpty()) {
      return none;
    }
    return plan.sources().stream()
        .map(part -> new PointInTime(spark, plan, part).features(labels))
        .reduce(none, Dataset::union);
  }
}
