package io.freshet.batch.run;

import io.freshet.plan.RunProgress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** Tells how far a run is, from its start to the end of its session. */
public final class RunReport {
  /** An accumulator of this name counts rows that the online store has decided on. */
  public static final String ROWS_SERVED = "freshet rows served";

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private RunReport() {}

  /**
   * Writes progress to {@link RunProgress#FILE_NAME} next to the result until the session ends.
   *
   * @param resultFile where the plan wants the result
   */
  public static void begin(SparkSession spark, String runId, String resultFile) {
    Path file = Path.of(resultFile).toAbsolutePath().resolveSibling(RunProgress.FILE_NAME);
    ProgressCounts counts = new ProgressCounts(runId, System::currentTimeMillis);
    ProgressFile written = ProgressFile.start(file, PAUSE, counts::now);
    spark.sparkContext().addSparkListener(new ProgressListener(counts, written));
  }
}
