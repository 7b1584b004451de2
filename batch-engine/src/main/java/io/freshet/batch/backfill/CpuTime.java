package io.freshet.batch.backfill;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Adds up the CPU time of the tasks of a session, until it is closed. */
final class CpuTime extends SparkListener implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

  private final SparkContext context;
  private final AtomicLong nanos = new AtomicLong();

  private CpuTime(SparkContext context) {
    this.context = context;
  }

  static CpuTime measuring(SparkSession spark) {
    CpuTime cpu = new CpuTime(spark.sparkContext());
    cpu.context.addSparkListener(cpu);
    return cpu;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    TaskMetrics metrics = ended.taskMetrics();
    if (metrics != null) {
      nanos.addAndGet(metrics.executorCpuTime());
    }
  }

  /** That of the tasks that have ended by now. */
  double seconds() {
    try {
      context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException e) {
      throw new FreshetException(
          ErrorCategory.INTERNAL, "Cannot measure the run: Spark does not say what it did", e);
    }
    return (double) nanos.get() / Duration.ofSeconds(1).toNanos();
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
