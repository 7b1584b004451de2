package io.freshet.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.InputPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BatchServers.Extension.class)
class RejectedEventsTest {
  private static final Instant NOW = Instant.parse("2026-03-10T14:25:17.250Z");

  private final BatchServers servers;
  private final Path folder;

  RejectedEventsTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void recordsThatAreNoEventsAreKeptAndReportedWithTheirReason() throws Exception {
    Scenario flights = new Scenario(servers, folder, "rejected").createTopic();
    String event = new Flight(NOW.minusSeconds(5), "ATL", "BOS", 1L, 2).json();
    flights.sendRaw(
        Arrays.asList(
            event,
            "{\"at\":",
            event.replace("\"ATL\"", "null"),
            event.replace("\"delay\":1", "\"delay\":\"1\""),
            event.replace("2026", "2150"),
            null));

    BatchRunResult result = flights.run(flights.plan("j", NOW, 1));

    assertThat(result.archivedEvents()).isEqualTo(1);
    assertThat(result.rejectedEvents()).isEqualTo(5);
    assertThat(flights.table(flights.warehouse().rejected(), "kind"))
        .extracting(row -> row.getAs("kind"), row -> text(row.getAs("key")))
        .containsExactlyInAnyOrder(
            tuple("MALFORMED", "key-1"),
            tuple("MISSING_COLUMN", "key-2"),
            tuple("WRONG_TYPE", "key-3"),
            tuple("FUTURE", "key-4"),
            tuple("MALFORMED", "key-5"));
    List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(flights, 5);
    assertThat(letters)
        .extracting(letter -> text(letter.key()), letter -> header(letter, "freshet-kind"))
        .contains(tuple("key-1", "MALFORMED"), tuple("key-4", "FUTURE"));
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(header(letter, "freshet-topic")).isEqualTo(flights.source().topic());
              assertThat(header(letter, "freshet-partition")).matches("[01]");
              assertThat(header(letter, "freshet-offset")).matches("\\d+");
              assertThat(header(letter, "freshet-reason")).startsWith("Cannot ");
            });
    assertThat(letters.stream().filter(letter -> text(letter.key()).equals("key-1")))
        .singleElement()
        .satisfies(letter -> assertThat(text(letter.value())).isEqualTo("{\"at\":"));
  }

  @Test
  void anEventThatAnExpressionFailsOnIsRecordedOnceAndTheRunGoesOn() throws Exception {
    Scenario flights = new Scenario(servers, folder, "undefined").createTopic();
    ViewPlan view =
        Flights.view(
            61,
            "undefined",
            List.of("origin"),
            List.of(new InputPlan("100 / delay", ValueType.INT64)),
            List.of(Flights.feature("most", Aggregation.MAX, 0, 6, ValueType.INT64)));
    Instant at = NOW.minusSeconds(60);
    flights.send(
        List.of(
            new Flight(at, "ATL", "BOS", 0L, 1),
            new Flight(at, "ATL", "BOS", 20L, 1),
            new Flight(at, "BOS", "ATL", 0L, 1)));

    BatchRunResult first = flights.run(flights.plan("x1", NOW, 1, view));
    BatchRunResult second = flights.run(flights.plan("x2", NOW.plusSeconds(600), 1, view));

    assertThat(first.rejectedEvents()).isEqualTo(2);
    assertThat(second.rejectedEvents()).isZero();
    assertThat(flights.table(flights.warehouse().rejected(), "_offset"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("kind")).isEqualTo("EXPRESSION_FAILED");
              assertThat(row.<Integer>getAs("view")).isEqualTo(61);
              assertThat(row.<String>getAs("reason")).contains("100 / delay");
            });
    assertThat(flights.served(view, List.of(List.of("ATL"), List.of("BOS"))))
        .isEqualTo(Map.of(List.of("ATL"), List.of(at, 5L)));
  }

  @Test
  void aTopicThatDoesNotExistYetIsNoEvents() {
    Scenario flights = new Scenario(servers, folder, "unborn");
    ViewPlan view = Flights.routeDelays(62, "unborn");

    BatchRunResult result = flights.run(flights.plan("n", NOW, 1, view));

    assertThat(result.archivedEvents()).isZero();
    assertThat(result.views().get(0).rows()).isZero();
    assertThat(flights.completeThrough(view)).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void aTopicThatLostEventsStopsTheRun() throws Exception {
    Scenario flights = new Scenario(servers, folder, "lost").createTopic();
    flights.send(Flights.random(7, 40, NOW.minus(Duration.ofHours(9)), NOW));
    flights.run(flights.plan("l1", NOW, 1));
    deleteTopic(flights.source().topic());

    assertThatThrownBy(() -> flights.run(flights.plan("l2", NOW, 1)))
        .hasMessage(
            "Cannot archive topic topic-lost: it was archived before and is gone, restore the topic"
                + " or archive a new source");

    flights.createTopic();
    flights.send(Flights.random(8, 3, NOW.minus(Duration.ofHours(9)), NOW));

    assertThatThrownBy(() -> flights.run(flights.plan("l3", NOW, 1)))
        .hasMessageStartingWith("Cannot archive topic topic-lost: ");
    assertThat(flights.table(flights.warehouse().archive(), "_offset")).hasSize(40);
  }

  private void deleteTopic(String topic) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> deadLetters(Scenario flights, int count) {
    List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers.kafka().bootstrapServers(),
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(flights.source().deadLetterTopic(), 0)));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return letters.size() >= count;
              });
    }
    return letters;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return text(letter.headers().lastHeader(name).value());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
