package io.freshet.benchmark.streaming;

import io.freshet.plan.StreamingJobPlan;
import java.util.List;
import java.util.Map;

/**
 * What a contender's process is to do.
 *
 * @param plan of the engine's job; the others take from it what they need
 * @param firstEvent the offset that others than the engine's job start at
 * @param marks after how many events read the process tells the time; ascending
 * @param profile the file to record a profile to between the first two marks, or "" for none
 * @param settings more of Flink's settings, which win
 */
public record WorkOrder(
    Contender contender,
    StreamingJobPlan plan,
    int parallelism,
    long firstEvent,
    List<Long> marks,
    String profile,
    Map<String, String> settings) {
  public WorkOrder {
    marks = List.copyOf(marks);
    settings = Map.copyOf(settings);
  }

  /** An order without a profile, for one subtask of each operator. */
  public static WorkOrder of(
      Contender contender, StreamingJobPlan plan, long firstEvent, List<Long> marks) {
    return new WorkOrder(contender, plan, 1, firstEvent, marks, "", Map.of());
  }

  WorkOrder profiledTo(String file) {
    return new WorkOrder(contender, plan, parallelism, firstEvent, marks, file, settings);
  }

  /** The same with other settings of Flink's. */
  public WorkOrder with(int subtasks, Map<String, String> flink) {
    return new WorkOrder(contender, plan, subtasks, firstEvent, marks, profile, flink);
  }
}
