package io.freshet.batch;

import io.freshet.batch.run.RunStage;
import io.freshet.batch.training.TrainingSet;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult;
import org.apache.spark.sql.SparkSession;

/** Makes a training set: the features of labels as of their times. */
public final class TrainingSetJob {
  private TrainingSetJob() {}

  /**
   * Exits as {@link RunProgram#execute} says.
   *
   * @param arguments the path of a file with a {@link TrainingSetPlan} as JSON
   */
  public static void main(String[] arguments) {
    new RunProgram<>(
            "training-set",
            TrainingSetPlan.class,
            TrainingSetPlan::runId,
            TrainingSetPlan::resultFile,
            TrainingSetJob::run)
        .execute(arguments);
  }

  static TrainingSetResult run(SparkSession spark, TrainingSetPlan plan) {
    RunStage.TRAINING_SET.enter(spark);
    return TrainingSet.write(spark, plan);
  }
}
