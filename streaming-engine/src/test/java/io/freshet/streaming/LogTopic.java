package io.freshet.streaming;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.store.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The topic of a view's feature log, of one partition, as its readers see it. */
public final class LogTopic {
  private static final JsonMapper JSON = new JsonMapper();

  private final String bootstrapServers;
  private final String topic;

  private LogTopic(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  public static LogTopic create(KafkaFixture kafka, SourcePlan source, ViewPlan view) {
    String topic = source.featureLogTopic(view.view().name());
    kafka.createTopic(topic, 1);
    return new LogTopic(kafka.bootstrapServers(), topic);
  }

  /** What a reader of committed data sees. */
  public List<LoggedRow> committed() {
    return read("read_committed").stream().map(LogTopic::row).toList();
  }

  public List<LoggedRow> uncommitted() {
    return read("read_uncommitted").stream().map(LogTopic::row).toList();
  }

  JsonNode newestCommitted() {
    List<JsonNode> rows = read("read_committed");
    return rows.get(rows.size() - 1);
  }

  /** The transactional ids of a prefix that have a transaction open. */
  public List<String> openTransactions(String prefix) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
          .all()
          .get()
          .stream()
          .map(TransactionListing::transactionalId)
          .filter(id -> id.startsWith(prefix))
          .toList();
    }
  }

  /** Does what another producer with the same transactional id does first. */
  void fence(String transactionalId) {
    try (KafkaProducer<byte[], byte[]> other =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "transactional.id", transactionalId),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      other.initTransactions();
    }
  }

  private List<JsonNode> read(String isolation) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      List<JsonNode> rows = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> rows.add(JSON.readTree(record.value())));
      }
      return rows;
    }
  }

  private static LoggedRow row(JsonNode json) {
    JsonNode features = json.get("features");
    @Nullable Object[] values = {
      features.get("departures").asLong(),
      features.get("delay_sum").isNull() ? null : features.get("delay_sum").asLong(),
      features.get("delay_average").isNull() ? null : features.get("delay_average").asDouble(),
      features.get("delay_max").isNull() ? null : features.get("delay_max").asLong()
    };
    return new LoggedRow(
        json.get("keys").get("origin").asString(),
        new Version(
            json.get("epoch").asInt(),
            Instant.parse(json.get("asOf").asString()).toEpochMilli(),
            json.get("sequence").asInt()),
        values);
  }
}
