package io.freshet.plan;

import io.freshet.plan.BatchRunPlan.DeadLetters;
import java.util.List;

/**
 * What the batch engine needs to compare what the online store serves with what the source's events
 * say. It archives the topic's new events first, so that whatever a view has counted is offline
 * too.
 *
 * @param runId names the run in logs and results; a retry of the run keeps it
 * @param views of the source, of either engine, as they are served
 * @param sampleOneIn one key in so many is checked, the same keys each time; 1 for all
 * @param nowMillis the wall clock when the run was planned
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param onlineStore the address of the online store, as {@code redis://host:port}
 * @param warehouse the root folder or URI of the Delta tables
 * @param deadLetters whether this run reports unreadable events, or the source's streaming job does
 * @param resultFile where the run writes its {@link ConsistencyResult} as JSON when it is done
 */
public record ConsistencyPlan(
    String runId,
    SourcePlan source,
    List<ViewPlan> views,
    int sampleOneIn,
    long nowMillis,
    String bootstrapServers,
    String onlineStore,
    String warehouse,
    DeadLetters deadLetters,
    String resultFile) {
  public ConsistencyPlan {
    views = List.copyOf(views);
  }
}
