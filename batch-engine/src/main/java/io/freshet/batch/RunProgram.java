package io.freshet.batch;

import io.freshet.batch.run.RunReport;
import io.freshet.batch.run.Supervision;
import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * What the programs of the batch engine have in common: a plan is read from a file, run in a
 * session of its own while its supervisor says so, and its result written to another file.
 *
 * @param name of the run, as its session and its error message have it
 * @param runId of a plan
 * @param resultFile of a plan
 * @param run takes a plan to its result
 */
record RunProgram<P>(
    String name,
    Class<P> plan,
    Function<P, String> runId,
    Function<P, String> resultFile,
    BiFunction<SparkSession, P, ?> run) {

  /**
   * Exits with 0 when the run is done and its result written, with 2 when what was asked for is
   * wrong and would be wrong again, else with 1.
   *
   * @param arguments the path of a file with the plan as JSON
   */
  void execute(String[] arguments) {
    try {
      Supervision.begin();
      runPlan(RunFiles.plan(arguments, plan));
    } catch (Throwable e) { // Spark throws checked ones undeclared; an error must end the run too.
      System.err.println("The %s run failed: %s".formatted(name, Failures.oneLine(e)));
      e.printStackTrace();
      System.exit(Failures.exitStatus(e));
    }
    System.exit(0);
  }

  private void runPlan(P read) throws IOException {
    String id = runId.apply(read);
    String result = resultFile.apply(read);
    try (SparkSession spark = BatchSession.open("freshet-%s-%s".formatted(name, id))) {
      RunReport.begin(spark, id, result);
      RunFiles.write(result, run.apply(spark, read));
    }
  }
}
