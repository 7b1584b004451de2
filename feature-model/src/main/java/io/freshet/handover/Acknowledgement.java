package io.freshet.handover;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a streaming job says of a lane, once a completed checkpoint holds it: whatever fails from
 * then on, the lane does not go back on it, unless the job falls back behind that checkpoint. JSON
 * by {@link io.freshet.plan.PlanCodec}, under {@link #key} in the acknowledgements topic.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Acknowledgement.Cut.class, name = "cut"),
  @JsonSubTypes.Type(value = Acknowledgement.Settled.class, name = "settled")
})
public sealed interface Acknowledgement {
  int lane();

  /** The key of the record; a newer acknowledgement of the key replaces an older one. */
  String key();

  /**
   * Where the lane begins in a partition.
   *
   * @param offset of the first record that it counts
   */
  record Cut(int lane, int partition, long offset) implements Acknowledgement {
    @Override
    public String key() {
      return "cut/" + lane + "/" + partition;
    }
  }

  /**
   * A subtask has all of the lane's history, and its rows are in the online store.
   *
   * @param parallelism how many subtasks there are
   */
  record Settled(int lane, int subtask, int parallelism) implements Acknowledgement {
    @Override
    public String key() {
      return "settled/" + lane + "/" + subtask;
    }
  }
}
