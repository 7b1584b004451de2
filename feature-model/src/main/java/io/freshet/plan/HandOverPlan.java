package io.freshet.plan;

import io.freshet.plan.BatchRunPlan.DeadLetters;
import java.util.List;
import java.util.Map;

/**
 * What the batch engine needs to hand a source's history over to lanes that bootstrap: it archives
 * the topic, computes each lane's tiles of the events before its cut, and sends them through the
 * source's hand-over topic.
 *
 * @param runId names the run in logs and results; a retry of the run keeps it
 * @param lanes views in phase {@link ViewPlan.Phase#BOOTSTRAPPING}, at least one
 * @param nowMillis the wall clock when the run was planned; tiles reach back from the newest event
 *     before the cut or from this, whichever is earlier
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param warehouse the root folder or URI of the Delta tables
 * @param deadLetters whether this run reports unreadable events, or the source's streaming job does
 * @param resultFile where the run writes its {@link HandOverResult} as JSON when it is done
 */
public record HandOverPlan(
    String runId,
    SourcePlan source,
    List<Lane> lanes,
    long nowMillis,
    String bootstrapServers,
    String warehouse,
    DeadLetters deadLetters,
    String resultFile) {
  /**
   * A lane and where the stream begins in it.
   *
   * @param cut by partition of the source's topic, the offset of the first record that the stream
   *     counts; of a partition that is absent it counts all
   */
  public record Lane(ViewPlan plan, Map<Integer, Long> cut) {
    public Lane {
      cut = Map.copyOf(cut);
    }
  }

  public HandOverPlan {
    lanes = List.copyOf(lanes);
  }
}
