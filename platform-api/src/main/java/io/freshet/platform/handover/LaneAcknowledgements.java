package io.freshet.platform.handover;

import io.freshet.handover.Acknowledgement;
import io.freshet.handover.Acknowledgement.Cut;
import io.freshet.handover.Acknowledgement.Settled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What the streaming job has said of one lane so far. Used by one thread. */
final class LaneAcknowledgements {
  /** In the place of a partition: the lane counts all events. */
  private static final int ALL_EVENTS = -1;

  private final Map<Integer, Long> cuts = new TreeMap<>();
  private final Map<Integer, Integer> settled = new HashMap<>();
  private int parallelism;

  /** The newer of two acknowledgements of the same comes later. */
  void add(Acknowledgement acknowledgement) {
    if (acknowledgement instanceof Cut cut) {
      cuts.put(cut.partition(), cut.offset());
    } else if (acknowledgement instanceof Settled subtask) {
      settled.put(subtask.subtask(), subtask.parallelism());
      parallelism = subtask.parallelism();
    }
  }

  /** By partition, the offset of the first record that the lane counts. */
  Map<Integer, Long> cuts() {
    Map<Integer, Long> byPartition = new TreeMap<>(cuts);
    byPartition.remove(ALL_EVENTS);
    return byPartition;
  }

  /** The partitions of which the stream has not said where the lane begins. */
  List<Integer> uncut(int partitions) {
    return IntStream.range(0, partitions).filter(p -> !cuts.containsKey(p)).boxed().toList();
  }

  /**
   * Whether the lane begins elsewhere than its history ends.
   *
   * @param used by partition, where the history ends; all of one that is absent is counted
   */
  boolean beginsElsewhereThan(Map<Integer, Long> used) {
    boolean countsAll = cuts.containsKey(ALL_EVENTS);
    return (countsAll && used.values().stream().anyMatch(offset -> offset > 0))
        || cuts().entrySet().stream()
            .anyMatch(cut -> !cut.getValue().equals(used.getOrDefault(cut.getKey(), 0L)));
  }

  /** How many subtasks the job had when it last said that one has settled; 0 if it never did. */
  int parallelism() {
    return parallelism;
  }

  /** The subtasks that have not taken the history in. */
  List<Integer> unsettled() {
    return IntStream.range(0, parallelism)
        .filter(subtask -> settled.getOrDefault(subtask, 0) != parallelism)
        .boxed()
        .toList();
  }

  boolean hasSettled() {
    return parallelism > 0 && unsettled().isEmpty();
  }
}
