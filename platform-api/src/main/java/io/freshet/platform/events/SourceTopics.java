package io.freshet.platform.events;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.SourcePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.stereotype.Component;

/** The topics of sources. Thread-safe; topics that are there are left as they are. */
@Component
public class SourceTopics {
  private final KafkaSettings settings;

  SourceTopics(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * Creates what is missing of a source's topics: its events and dead letters, stamped with their
   * arrival, and the compacted definitions of its streaming views.
   *
   * @throws FreshetException of category UNAVAILABLE if Kafka does not answer in time
   */
  public void ensure(SourcePlan source) {
    List<NewTopic> wanted = topicsOf(source);
    try (Admin admin = Admin.create(adminProperties())) {
      Set<String> existing = admin.listTopics().names().get(timeoutMillis(), TimeUnit.MILLISECONDS);
      List<NewTopic> missing =
          wanted.stream().filter(topic -> !existing.contains(topic.name())).toList();
      for (var creation : admin.createTopics(missing).values().values()) {
        awaitCreated(creation);
      }
    } catch (ExecutionException | TimeoutException failure) {
      throw unavailable(source, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw unavailable(source, interruption);
    }
  }

  private void awaitCreated(org.apache.kafka.common.KafkaFuture<Void> creation)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      creation.get(timeoutMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  private List<NewTopic> topicsOf(SourcePlan source) {
    Map<String, String> arrivalTimes =
        Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return List.of(
        topic(source.topic(), settings.eventPartitions(), arrivalTimes),
        topic(source.deadLetterTopic(), 1, arrivalTimes),
        topic(
            source.definitionsTopic(),
            1,
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
  }

  private Map<String, Object> adminProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeoutMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeoutMillis());
    return properties;
  }

  private long timeoutMillis() {
    return settings.timeout().toMillis();
  }

  private FreshetException unavailable(SourcePlan source, Exception cause) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot create the topics of source "
            + source.name()
            + ": Kafka at "
            + settings.bootstrapServers()
            + " did not do it within "
            + timeoutMillis()
            + " ms, try again when it is up",
        cause);
  }
}
