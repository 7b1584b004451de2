package io.freshet.streaming.source;

import io.freshet.handover.Acknowledgement;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.ManagedInitializationContext;

/**
 * Where each lane begins: by partition, the offset of the first record that it counts. It is set
 * once, when the lane and the partition are first known together, to the offset that is read next.
 * All subtasks get all cuts back from a checkpoint, so that they follow the partitions wherever
 * those go. The lanes that a job begins with count all records. For the operator's thread alone.
 */
final class Cuts {
  /** Stands for all partitions in the cut of a lane that counts all records. */
  private static final int ALL_PARTITIONS = -1;

  /** Each element is a lane, a partition and an offset. */
  private static final ListStateDescriptor<long[]> STATE =
      new ListStateDescriptor<>("cuts", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final ListState<long[]> state;
  private final Map<Integer, Map<Integer, Long>> byLane = new TreeMap<>();

  private Cuts(ListState<long[]> state) {
    this.state = state;
  }

  static Cuts open(ManagedInitializationContext context, StreamingJobPlan job) throws Exception {
    Cuts cuts = new Cuts(context.getOperatorStateStore().getUnionListState(STATE));
    for (long[] cut : cuts.state.get()) {
      cuts.of((int) cut[0]).put((int) cut[1], cut[2]);
    }
    if (!context.isRestored()) {
      for (ViewPlan seed : job.views()) {
        cuts.of(seed.lane()).put(ALL_PARTITIONS, 0L);
      }
    }
    return cuts;
  }

  /**
   * Cuts the partitions of a subtask for lanes that have no cut there.
   *
   * @param positions by partition, the offset that is read next
   */
  void follow(Collection<Integer> lanes, Map<Integer, Long> positions) {
    for (int lane : lanes) {
      Map<Integer, Long> cut = of(lane);
      if (!cut.containsKey(ALL_PARTITIONS)) {
        positions.forEach((partition, next) -> cut.putIfAbsent(partition, Math.max(0, next)));
      }
    }
  }

  /** Forgets a lane that has gone. */
  void end(int lane) {
    byLane.remove(lane);
  }

  /** The cuts of a subtask's partitions, as there is to acknowledge. */
  List<Acknowledgement.Cut> in(Set<Integer> partitions) {
    return byLane.entrySet().stream()
        .flatMap(
            lane ->
                lane.getValue().entrySet().stream()
                    .filter(cut -> partitions.contains(cut.getKey()))
                    .map(
                        cut ->
                            new Acknowledgement.Cut(lane.getKey(), cut.getKey(), cut.getValue())))
        .toList();
  }

  void snapshot() throws Exception {
    List<long[]> all =
        byLane.entrySet().stream()
            .flatMap(
                lane ->
                    lane.getValue().entrySet().stream()
                        .map(cut -> new long[] {lane.getKey(), cut.getKey(), cut.getValue()}))
            .toList();
    state.update(all);
  }

  private Map<Integer, Long> of(int lane) {
    return byLane.computeIfAbsent(lane, none -> new TreeMap<>());
  }
}
