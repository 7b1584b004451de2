package org.apache.spark.deploy;

import io.freshet.platform.schedule.ScriptedRun;
import java.util.List;

/**
 * A program of the name that batch runs start, in the place of Spark's: it checks the command line
 * and does what {@link ScriptedRun} is told.
 */
public final class SparkSubmit {
  private SparkSubmit() {}

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    List<String> expected =
        List.of(
            "--master",
            "local[2]",
            "--deploy-mode",
            "client",
            "--conf",
            "spark.sql.shuffle.partitions=3",
            "--class",
            given.get(7),
            "/no/batch-job.jar");
    if (!given.subList(0, expected.size()).equals(expected)
        || !"127.0.0.1".equals(System.getenv("SPARK_LOCAL_IP"))
        || !Boolean.getBoolean("freshet.run.supervised")) {
      throw new IllegalArgumentException("unexpected command line " + given);
    }
    ScriptedRun.main(
        new String[] {
          given.get(7), System.getProperty("freshet.test.folder"), given.get(expected.size())
        });
  }
}
