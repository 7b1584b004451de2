package io.freshet.streaming.aggregation;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.source.ViewKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.ManagedInitializationContext;

/**
 * Which lanes have the histories of all their keys, by key group, so that it is known after a
 * restart at another parallelism too. The lanes that a job begins with need none. For the
 * operator's thread alone.
 */
final class SettledLanes {
  /** Each element is a lane, 1 if it needed no histories, and the bits of the key groups. */
  private static final ListStateDescriptor<long[]> STATE =
      new ListStateDescriptor<>(
          "settled-lanes", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final int HEADER_WORDS = 2;

  private final ListState<long[]> state;
  private final KeyGroupRange range;
  private final int keyGroups;
  private final Map<Integer, BitSet> groupsByLane = new HashMap<>();
  private final Set<Integer> seeds = new HashSet<>();

  private SettledLanes(ListState<long[]> state, KeyGroupRange range, int keyGroups) {
    this.state = state;
    this.range = range;
    this.keyGroups = keyGroups;
  }

  static SettledLanes open(
      ManagedInitializationContext context, StreamingJobPlan job, TaskInfo task) throws Exception {
    int keyGroups = task.getMaxNumberOfParallelSubtasks();
    KeyGroupRange range =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            keyGroups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
    SettledLanes lanes =
        new SettledLanes(
            context.getOperatorStateStore().getUnionListState(STATE), range, keyGroups);
    for (long[] packed : lanes.state.get()) {
      lanes.restore(packed);
    }
    if (!context.isRestored()) {
      for (ViewPlan seed : job.views()) {
        lanes.seeds.add(seed.lane());
        lanes.groups(seed.lane()).set(range.getStartKeyGroup(), range.getEndKeyGroup() + 1);
      }
    }
    return lanes;
  }

  /** Whether all of a lane's keys in this subtask have their histories. */
  boolean isSettled(int lane) {
    BitSet groups = groupsByLane.get(lane);
    return groups != null && groups.nextClearBit(range.getStartKeyGroup()) > range.getEndKeyGroup();
  }

  /** Whether a key has its history, or is known to have none. */
  boolean isSettled(ViewKey key) {
    BitSet groups = groupsByLane.get(key.lane());
    return groups != null && groups.get(KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups));
  }

  /**
   * The histories of all keys of a key group have come.
   *
   * @return whether the lane is settled with that
   */
  boolean settle(int lane, int keyGroup) {
    if (isSettled(lane)) {
      return false;
    }
    groups(lane).set(keyGroup);
    return isSettled(lane);
  }

  /** Forgets a lane that has gone. */
  void end(int lane) {
    groupsByLane.remove(lane);
    seeds.remove(lane);
  }

  /** The lanes whose keys have got their histories while the job ran. */
  List<Integer> handedOver() {
    return groupsByLane.keySet().stream()
        .filter(lane -> !seeds.contains(lane) && isSettled(lane))
        .toList();
  }

  void snapshot() throws Exception {
    List<long[]> all = new ArrayList<>();
    groupsByLane.forEach(
        (lane, groups) -> {
          long[] words = groups.get(0, range.getEndKeyGroup() + 1).toLongArray();
          long[] packed = new long[HEADER_WORDS + words.length];
          packed[0] = lane;
          packed[1] = seeds.contains(lane) ? 1 : 0;
          System.arraycopy(words, 0, packed, HEADER_WORDS, words.length);
          all.add(packed);
        });
    state.update(all);
  }

  private void restore(long[] packed) {
    int lane = (int) packed[0];
    if (packed[1] != 0) {
      seeds.add(lane);
    }
    long[] words = new long[packed.length - HEADER_WORDS];
    System.arraycopy(packed, HEADER_WORDS, words, 0, words.length);
    groups(lane).or(BitSet.valueOf(words));
  }

  private BitSet groups(int lane) {
    return groupsByLane.computeIfAbsent(lane, none -> new BitSet(keyGroups));
  }
}
