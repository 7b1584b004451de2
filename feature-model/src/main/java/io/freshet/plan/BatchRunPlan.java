package io.freshet.plan;

import java.util.List;

/**
 * What the batch engine needs to run one tick of a source and tier.
 *
 * @param runId names the run in logs and results; a retry of the run keeps it
 * @param views the views to be materialized as of the tick; may be empty, to archive only
 * @param asOfMillis the as-of time of the tick
 * @param sequence of the versions that the run writes: a retry has a higher one
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param onlineStore the address of the online store, as {@code redis://host:port}
 * @param warehouse the root folder or URI of the Delta tables
 * @param rows which rows the run writes
 * @param deadLetters whether this run reports unreadable events, or the source's streaming job does
 * @param resultFile where the run writes its {@link BatchRunResult} as JSON when it is done
 */
public record BatchRunPlan(
    String runId,
    SourcePlan source,
    List<ViewPlan> views,
    long asOfMillis,
    int sequence,
    String bootstrapServers,
    String onlineStore,
    String warehouse,
    Rows rows,
    DeadLetters deadLetters,
    String resultFile) {
  /** Which rows a run writes. */
  public enum Rows {
    /** Those of keys whose values can have changed since the last tick. */
    CHANGED,
    /** Every key's: the online store has lost them, or they are thought to be wrong. */
    ALL
  }

  /** Who sends unreadable events to the dead-letter topic. */
  public enum DeadLetters {
    /** The run does: nobody else reads the topic. */
    SENT_BY_RUN,
    /** The source's streaming job does. */
    SENT_BY_STREAM
  }

  public BatchRunPlan {
    views = List.copyOf(views);
  }
}
