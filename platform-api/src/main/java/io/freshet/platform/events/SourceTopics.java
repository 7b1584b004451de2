package io.freshet.platform.events;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.handover.HandOver;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.stereotype.Component;

/**
 * The topics of sources. Thread-safe; topics that are there are left as they are, and are not
 * looked for again.
 */
@Component
public class SourceTopics {
  private static final Map<String, String> STAMPED_BY_BROKER =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
  private static final Map<String, String> OF_HISTORIES =
      Map.of(
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          "LogAppendTime",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          String.valueOf(HandOver.MAX_RECORD_BYTES));
  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  private final KafkaSettings settings;
  private final KafkaAdminConnection admin;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  SourceTopics(KafkaSettings settings, KafkaAdminConnection admin) {
    this.settings = settings;
    this.admin = admin;
  }

  /**
   * Creates what is missing of a source's topics: its events and dead letters, stamped with their
   * arrival, the compacted definitions of its lanes, the topic by which they get their history and
   * the compacted one by which they say how far they are.
   *
   * @throws FreshetException of category UNAVAILABLE if Kafka does not answer in time
   */
  public void ensure(SourcePlan source) {
    ensure(source, List.of());
  }

  /** The same, with the feature logs of those views that log to Kafka. */
  public void ensure(SourcePlan source, Collection<BoundView> views) {
    List<NewTopic> wanted = topicsOf(source, views);
    List<String> names = wanted.stream().map(NewTopic::name).toList();
    if (!known.containsAll(names)) {
      create(source, wanted);
      known.addAll(names);
    }
  }

  private void create(SourcePlan source, List<NewTopic> wanted) {
    try {
      Set<String> existing = await(admin.client().listTopics().names());
      List<NewTopic> missing =
          wanted.stream().filter(topic -> !existing.contains(topic.name())).toList();
      for (var creation : admin.client().createTopics(missing).values().values()) {
        awaitCreated(creation);
      }
    } catch (ExecutionException | TimeoutException | KafkaException failure) {
      throw unavailable(source, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw unavailable(source, interruption);
    }
  }

  private void awaitCreated(KafkaFuture<Void> creation)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      await(creation);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  private <T> T await(KafkaFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private List<NewTopic> topicsOf(SourcePlan source, Collection<BoundView> views) {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(topic(source.topic(), settings.eventPartitions(), STAMPED_BY_BROKER));
    topics.add(topic(source.deadLetterTopic(), 1, STAMPED_BY_BROKER));
    topics.add(topic(source.definitionsTopic(), 1, COMPACTED));
    topics.add(topic(source.handOverTopic(), 1, OF_HISTORIES));
    topics.add(topic(source.acknowledgementsTopic(), 1, COMPACTED));
    views.stream()
        .filter(view -> view.featureLogs().contains(FeatureLog.KAFKA))
        .map(view -> source.featureLogTopic(view.name()))
        .distinct()
        .forEach(name -> topics.add(topic(name, settings.eventPartitions(), STAMPED_BY_BROKER)));
    return topics;
  }

  /** With the broker's default of replicas. */
  private static NewTopic topic(String name, int partitions, Map<String, String> configuration) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configuration);
  }

  private FreshetException unavailable(SourcePlan source, Exception cause) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot create the topics of source %s: Kafka at %s did not do it within %d ms, try again when it is up"
            .formatted(source.name(), settings.bootstrapServers(), settings.timeout().toMillis()),
        cause);
  }
}
