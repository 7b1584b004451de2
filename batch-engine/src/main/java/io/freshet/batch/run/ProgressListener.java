package io.freshet.batch.run;

import io.freshet.batch.run.RunStage.Entered;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Tells a run's progress from what Spark says about its stages and tasks. */
final class ProgressListener extends SparkListener {
  private final ProgressCounts counts;
  private final ProgressFile file;
  private final LiveTasks live = new LiveTasks();
  private final Map<Integer, Entered> stages = new HashMap<>();

  ProgressListener(ProgressCounts counts, ProgressFile file) {
    this.counts = counts;
    this.file = file;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Entered entered = Entered.of(submitted.properties());
    stages.put(submitted.stageInfo().stageId(), entered);
    counts.planned(entered, submitted.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    live.ended(ended.taskInfo().taskId());
    if (!ended.taskInfo().successful()) {
      return;
    }
    counts.done(stages.getOrDefault(ended.stageId(), Entered.START));
    TaskMetrics metrics = ended.taskMetrics();
    if (metrics != null) {
      counts.moved(metrics.inputMetrics().recordsRead(), metrics.outputMetrics().recordsWritten());
    }
    for (AccumulableInfo count : CollectionConverters.asJava(ended.taskInfo().accumulables())) {
      Option<String> name = count.name();
      if (name.isDefined() && name.get().equals(RunReport.ROWS_SERVED)) {
        counts.served(LiveTasks.updateOf(count));
      }
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        CollectionConverters.asJava(heartbeat.accumUpdates())) {
      if (live.hasComeOn((Long) task._1(), CollectionConverters.asJava(task._4()))) {
        counts.cameOn();
      }
    }
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd ended) {
    file.close();
  }
}
