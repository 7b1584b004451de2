package io.freshet.platform.events;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.error.Violations;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TablePlan;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Sends events to the topic of their source and waits until the broker has them. */
@Component
class EventPush {
  /** What a producer sends at most in one request, less what a record costs besides its value. */
  private static final int MOST_BYTES = 1_048_576 - 1024;

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final SourceTopics topics;
  private final KafkaSettings settings;
  private final Set<String> ensured = ConcurrentHashMap.newKeySet();

  EventPush(KafkaTemplate<byte[], byte[]> kafka, SourceTopics topics, KafkaSettings settings) {
    this.kafka = kafka;
    this.topics = topics;
    this.settings = settings;
  }

  /**
   * Returns when every event is acknowledged.
   *
   * @throws RequestRefusedException if the source's events are the rows of a table, or not JSON
   * @throws io.freshet.error.InvalidInputException if there are too many or one is too large; then
   *     none was sent
   * @throws FreshetException of category UNAVAILABLE if Kafka is out of reach and none was sent, or
   *     UNKNOWN_OUTCOME if some may have been
   */
  void push(SourcePlan source, List<byte[]> events) {
    refuseTable(source);
    refuseOtherFormat(source);
    check(events);
    if (!ensured.contains(source.topic())) {
      topics.ensure(source);
      ensured.add(source.topic());
    }
    List<CompletableFuture<?>> sent = new ArrayList<>(events.size());
    try {
      for (byte[] event : events) {
        sent.add(kafka.send(source.topic(), event));
      }
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .get(settings.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw failed(source, events.size(), sent, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(source, events.size(), sent, e);
    }
  }

  private static void refuseTable(SourcePlan source) {
    TablePlan table = source.table();
    if (table != null) {
      throw new RequestRefusedException(
          Refusal.NOT_PUSHED,
          "Cannot push events to source %s: its events are the rows of %s, which its owner writes; add them there"
              .formatted(source.name(), table));
    }
  }

  private static void refuseOtherFormat(SourcePlan source) {
    if (source.avro() != null) {
      throw new RequestRefusedException(
          Refusal.OTHER_FORMAT,
          "Cannot push JSON events to source %s: its events are Avro, produce them to topic %s"
              .formatted(source.name(), source.topic()));
    }
  }

  private void check(List<byte[]> events) {
    Violations faults = new Violations();
    if (events.size() > settings.maxEvents()) {
      faults.add(
          "body",
          "Cannot push %d events: at most %d a request (freshet.kafka.max-events), split it"
              .formatted(events.size(), settings.maxEvents()));
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).length > MOST_BYTES) {
        faults.add(
            "[" + i + "]",
            "Cannot push an event of %d bytes: the most is %d"
                .formatted(events.get(i).length, MOST_BYTES));
      }
    }
    faults.throwIfAny("the events");
  }

  private FreshetException failed(
      SourcePlan source, int events, List<CompletableFuture<?>> sent, @Nullable Exception cause) {
    ensured.remove(source.topic());
    long acknowledged =
        sent.stream().filter(one -> one.isDone() && !one.isCompletedExceptionally()).count();
    String message =
        "Cannot push %d events to source %s: Kafka at %s acknowledged %d of them within %d ms"
            .formatted(
                events,
                source.name(),
                settings.bootstrapServers(),
                acknowledged,
                settings.timeout().toMillis());
    return sent.isEmpty()
        ? new FreshetException(
            ErrorCategory.UNAVAILABLE, message + ", try again when it is up", cause)
        : new FreshetException(
            ErrorCategory.UNKNOWN_OUTCOME,
            message + "; more may have arrived, and what is pushed again counts again",
            cause);
  }
}
