package io.freshet.plan;

import java.util.List;

/**
 * What the streaming engine needs to run the job of a source and delivery guarantee.
 *
 * @param jobName the name the cluster shows
 * @param views the views that are registered when the job is first submitted; later ones come and
 *     go by the source's definitions topic
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param onlineStore the address of the online store, as {@code redis://host:port}
 * @param checkpointDirectory a URI that every process of the cluster reaches
 * @param checkpointIntervalMillis 10,000 to 60,000
 * @param flushIntervalMillis how long rows of a key are coalesced before they are written
 */
public record StreamingJobPlan(
    String jobName,
    SourcePlan source,
    Delivery delivery,
    List<ViewPlan> views,
    String bootstrapServers,
    String onlineStore,
    String checkpointDirectory,
    long checkpointIntervalMillis,
    long flushIntervalMillis) {
  public static final long MIN_CHECKPOINT_INTERVAL_MILLIS = 10_000;
  public static final long MAX_CHECKPOINT_INTERVAL_MILLIS = 60_000;

  public StreamingJobPlan {
    views = List.copyOf(views);
    if (checkpointIntervalMillis < MIN_CHECKPOINT_INTERVAL_MILLIS
        || checkpointIntervalMillis > MAX_CHECKPOINT_INTERVAL_MILLIS) {
      throw new IllegalArgumentException(
          "Cannot checkpoint every "
              + checkpointIntervalMillis
              + " ms: choose an interval from 10s to 60s");
    }
  }
}
