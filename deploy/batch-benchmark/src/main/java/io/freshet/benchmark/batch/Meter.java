package io.freshet.benchmark.batch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Measures what is done in this JVM, which is driver and executor in one. */
final class Meter {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final SparkSession spark;
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder jobs = new LongAdder();
  private final LongAdder taskNanos = new LongAdder();
  private final LiveHeap heap = new LiveHeap();

  Meter(SparkSession spark) {
    this.spark = spark;
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart started) {
                jobs.increment();
              }

              @Override
              public void onTaskEnd(SparkListenerTaskEnd ended) {
                taskNanos.add(ended.taskMetrics().executorCpuTime());
                rows.add(ended.taskMetrics().inputMetrics().recordsRead());
                bytes.add(ended.taskMetrics().inputMetrics().bytesRead());
              }
            });
  }

  /**
   * What something cost.
   *
   * @param cpu of all threads of the process, compilers and garbage collection included
   * @param tasks what of it Spark's tasks took: the rest is planning and compiling
   * @param rows that Spark's tasks read from files, those of Delta's logs included
   * @param bytes of those files
   * @param jobs of Spark
   * @param liveBytes the most of the heap that a garbage collection left
   */
  record Cost(
      Duration wall,
      Duration cpu,
      Duration tasks,
      long rows,
      long bytes,
      long jobs,
      long liveBytes) {}

  Cost of(Callable<?> work) throws Exception {
    settle();
    taskNanos.reset();
    rows.reset();
    bytes.reset();
    jobs.reset();
    heap.reset();
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    work.call();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    Duration spent = Duration.ofNanos(PROCESS.getProcessCpuTime() - cpu);
    settle();
    Duration tasks = Duration.ofNanos(taskNanos.sum());
    return new Cost(wall, spent, tasks, rows.sum(), bytes.sum(), jobs.sum(), heap.most());
  }

  /** Listeners hear of tasks later than the one who waits for their result. */
  private void settle() throws Exception {
    spark.sparkContext().listenerBus().waitUntilEmpty();
  }
}
