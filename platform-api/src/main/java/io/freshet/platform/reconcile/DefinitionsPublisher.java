package io.freshet.platform.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourceEvolution;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the definitions topic of each source equal to the source's plan, as long as it has lanes,
 * and the plans of those. It sends what differs from what the topic has, which it reads once and
 * then remembers; after a failure it reads again. The source comes before its lanes. Used by one
 * thread.
 */
@Component
class DefinitionsPublisher implements AutoCloseable {
  private final KafkaSettings settings;
  private final DefinitionsReader reader;
  private final Map<String, Map<Integer, Optional<String>>> published = new HashMap<>();
  private @Nullable Producer<String, String> producer;

  DefinitionsPublisher(KafkaSettings settings) {
    this.settings = settings;
    this.reader = new DefinitionsReader(settings);
  }

  /**
   * Publishes the plans of running lanes, and that the others have ended.
   *
   * @param seeded the lanes that jobs were started with, which are told if they have ended even
   *     where the topic never had them
   * @throws FreshetException of category UNAVAILABLE if Kafka does not acknowledge in time
   */
  void publish(SourcePlan source, Collection<ViewPlan> lanes, Set<Integer> seeded) {
    String topic = source.definitionsTopic();
    try {
      Map<Integer, Optional<String>> known =
          published.computeIfAbsent(topic, name -> reader.read(name));
      Map<Integer, Optional<String>> changes = changes(known, source, lanes, seeded);
      forgetReplaced(topic, known, changes);
      send(topic, changes);
      known.putAll(changes);
    } catch (FreshetException | KafkaException failure) {
      published.remove(topic);
      throw unavailable(topic, failure);
    }
  }

  private static Map<Integer, Optional<String>> changes(
      Map<Integer, Optional<String>> known,
      SourcePlan source,
      Collection<ViewPlan> lanes,
      Set<Integer> seeded) {
    Map<Integer, Optional<String>> wanted = new TreeMap<>();
    seeded.forEach(number -> wanted.put(number, Optional.empty()));
    known.keySet().forEach(number -> wanted.put(number, Optional.empty()));
    if (!lanes.isEmpty()) {
      wanted.put(SourcePlan.DEFINITION_NUMBER, Optional.of(PlanCodec.encodeToString(source)));
    }
    lanes.forEach(lane -> wanted.put(lane.lane(), Optional.of(PlanCodec.encodeToString(lane))));
    wanted.entrySet().removeIf(entry -> entry.getValue().equals(known.get(entry.getKey())));
    return wanted;
  }

  /** A job takes no source in the place of one that it cannot follow: that one must go first. */
  private void forgetReplaced(
      String topic, Map<Integer, Optional<String>> known, Map<Integer, Optional<String>> changes) {
    Optional<SourcePlan> before = sourceIn(known);
    Optional<SourcePlan> after = sourceIn(changes);
    if (before.isPresent()
        && after.isPresent()
        && !SourceEvolution.canFollow(before.get(), after.get())) {
      send(topic, Map.of(SourcePlan.DEFINITION_NUMBER, Optional.empty()));
    }
  }

  private static Optional<SourcePlan> sourceIn(Map<Integer, Optional<String>> definitions) {
    return definitions
        .getOrDefault(SourcePlan.DEFINITION_NUMBER, Optional.empty())
        .map(json -> PlanCodec.decode(json.getBytes(UTF_8), SourcePlan.class));
  }

  private void send(String topic, Map<Integer, Optional<String>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Future<?>> acknowledgements = new ArrayList<>();
    changes.forEach(
        (number, plan) ->
            acknowledgements.add(
                producer().send(record(topic, Integer.toUnsignedString(number), plan))));
    producer().flush();
    acknowledgements.forEach(acknowledgement -> await(topic, acknowledgement));
  }

  private static ProducerRecord<String, String> record(
      String topic, String key, Optional<String> plan) {
    return plan.map(json -> new ProducerRecord<>(topic, key, json))
        .orElseGet(() -> tombstone(topic, key));
  }

  @SuppressWarnings("NullAway") // Kafka's tombstone is a record whose value is null.
  private static ProducerRecord<String, String> tombstone(String topic, String key) {
    return new ProducerRecord<>(topic, key, null);
  }

  private void await(String topic, Future<?> acknowledgement) {
    try {
      acknowledgement.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw unavailable(topic, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw unavailable(topic, interruption);
    }
  }

  private Producer<String, String> producer() {
    if (producer == null) {
      int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  settings.bootstrapServers(),
                  ProducerConfig.ACKS_CONFIG,
                  "all",
                  ProducerConfig.LINGER_MS_CONFIG,
                  0,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  timeoutMillis,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  timeoutMillis,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                  timeoutMillis),
              new StringSerializer(),
              new StringSerializer());
    }
    return producer;
  }

  private FreshetException unavailable(String topic, Exception cause) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot publish the definitions of views to "
            + topic
            + ": Kafka at "
            + settings.bootstrapServers()
            + " did not acknowledge within "
            + settings.timeout().toMillis()
            + " ms, they are sent when it is up",
        cause);
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(settings.timeout());
    }
  }
}
