package io.freshet.batch;

import io.freshet.batch.training.TrainingSet;
import io.freshet.plan.TrainingSetPlan;
import org.apache.spark.sql.SparkSession;

/** Makes a training set: the features of labels as of their times. */
public final class TrainingSetJob {
  private TrainingSetJob() {}

  /**
   * Exits with 0 when the training set and the result are written, with 2 when the request is wrong
   * and would be wrong again, else with 1.
   *
   * @param arguments the path of a file with a {@link TrainingSetPlan} as JSON
   */
  public static void main(String[] arguments) {
    try {
      TrainingSetPlan plan = RunFiles.plan(arguments, TrainingSetPlan.class);
      try (SparkSession spark = BatchSession.open("freshet-training-set-" + plan.runId())) {
        RunFiles.write(plan.resultFile(), TrainingSet.write(spark, plan));
      }
    } catch (Throwable e) { // Spark throws checked ones undeclared; an error must end it too.
      System.err.println("Training set failed: " + Failures.oneLine(e));
      e.printStackTrace();
      System.exit(Failures.exitStatus(e));
    }
    System.exit(0);
  }
}
