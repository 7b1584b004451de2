package io.freshet.plan;

import java.util.List;

/**
 * What the streaming engine needs to run the job of a source and delivery guarantee.
 *
 * @param jobName the name the cluster shows
 * @param views the lanes that are there when the job is first submitted; later ones come and go by
 *     the source's definitions topic
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param onlineStore the address of the online store, as {@code redis://host:port}
 * @param flushIntervalMillis how long rows of a key are coalesced before they are written
 */
public record StreamingJobPlan(
    String jobName,
    SourcePlan source,
    Delivery delivery,
    List<ViewPlan> views,
    String bootstrapServers,
    String onlineStore,
    FeatureLogPlan logs,
    CheckpointPlan checkpoints,
    long flushIntervalMillis) {
  public StreamingJobPlan {
    views = List.copyOf(views);
  }
}
