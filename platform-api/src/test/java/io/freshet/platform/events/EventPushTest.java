package io.freshet.platform.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EventPushTest {
  private final Platform.Shared shared = Platform.shared();
  private final ApiClient client = shared.platform().client();
  private final Flights flights = new Flights();

  @Test
  void eventsArriveAsTheyWereSentWithoutAKeyStampedByTheBroker() {
    flights.registerBasics(client);

    Answer array =
        client
            .postJson(flights.path("sources/departures/events"), "[{\"origin\" : \"ATL\"}, 7]")
            .expect(202);
    Answer lines =
        client
            .send(
                "POST",
                flights.path("sources/departures/events"),
                "application/x-ndjson",
                "{\"origin\":\"BOS\"}\nnot json\n")
            .expect(202);

    assertThat(array.at("/accepted").asInt()).isEqualTo(2);
    assertThat(lines.at("/accepted").asInt()).isEqualTo(2);
    List<ConsumerRecord<String, String>> records = read(flights.project() + "_departures", 4);
    assertThat(records)
        .extracting(ConsumerRecord::value)
        .containsExactlyInAnyOrder(
            "{\"origin\" : \"ATL\"}", "7", "{\"origin\":\"BOS\"}", "not json");
    assertThat(records)
        .allMatch(record -> record.key() == null)
        .allMatch(record -> record.timestampType() == TimestampType.LOG_APPEND_TIME);
    assertThat(client.get("/actuator/prometheus").body())
        .contains(
            "freshet_events_pushed_total{outcome=\"ok\",project=\"%s\",source=\"departures\"} 4.0"
                .formatted(flights.project()));
  }

  @Test
  void aSourceHasTopicsForEventsDeadLettersAndDefinitions() throws Exception {
    flights.registerBasics(client);
    SourceTopics topics = shared.platform().bean(SourceTopics.class);
    var source =
        shared.platform().bean(RegistryReads.class).source(flights.project(), "departures");

    topics.ensure(source);
    topics.ensure(source);

    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", shared.kafka().bootstrapServers()))) {
      // A broker that was just asked to make a topic may not yet know of it.
      Awaitility.await()
          .ignoreExceptions()
          .until(() -> partitions(admin, source.acknowledgementsTopic()) == 1);
      assertThat(partitions(admin, source.topic())).isEqualTo(2);
      assertThat(partitions(admin, source.deadLetterTopic())).isEqualTo(1);
      assertThat(partitions(admin, source.definitionsTopic())).isEqualTo(1);
      assertThat(partitions(admin, source.handOverTopic())).isEqualTo(1);
      assertThat(setting(admin, source.acknowledgementsTopic(), "cleanup.policy"))
          .isEqualTo("compact");
      assertThat(setting(admin, source.topic(), "message.timestamp.type"))
          .isEqualTo("LogAppendTime");
      assertThat(setting(admin, source.definitionsTopic(), "cleanup.policy")).isEqualTo("compact");
    }
  }

  @Test
  void jsonIsNotPushedToASourceOfAvroEvents() {
    flights.registerBasics(client);
    client
        .putYaml(
            flights.path("sources/visits"),
            """
            apiVersion: freshet.io/v1
            kind: EventSource
            metadata: {name: visits, project: %s}
            spec:
              columns: [{name: at, type: timestamp}]
              eventTime: at
              avro:
                encoding: binary
                schema: {type: record, name: Visit, fields: [{name: at, type: long}]}
            """
                .formatted(flights.project()))
        .expect(201);

    assertThat(
            client
                .postJson(flights.path("sources/visits/events"), "[{\"at\": 1}]")
                .expectProblem(415)
                .body())
        .contains("its events are Avro, produce them to topic " + flights.project() + ".visits");
  }

  @Test
  void whatIsNoListOfEventsOrGoesToNoSourceIsAProblem() {
    flights.registerBasics(client);
    String path = flights.path("sources/departures/events");

    assertThat(client.postJson(path, "{\"origin\": \"ATL\"}").expectProblem(400).body())
        .contains("application/x-ndjson");
    client.postJson(flights.path("sources/arrivals/events"), "[{}]").expectProblem(404);
    assertThat(client.postJson(path, "[" + "{},".repeat(10_000) + "{}]").expectProblem(422).body())
        .contains("at most 10000 a request");
    assertThat(
            client
                .postJson(path, "[{}, \"" + "x".repeat(1_100_000) + "\"]")
                .expectProblem(422)
                .violationPaths())
        .containsExactly("[1]");
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    var descriptions = admin.describeTopics(List.of(topic)).allTopicNames();
    return requireNonNull(descriptions.get(30, TimeUnit.SECONDS).get(topic)).partitions().size();
  }

  private static String setting(Admin admin, String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var configs = admin.describeConfigs(List.of(resource)).all().get(30, TimeUnit.SECONDS);
    return requireNonNull(configs.get(resource)).get(name).value();
  }

  private List<ConsumerRecord<String, String>> read(String topic, int count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                shared.kafka().bootstrapServers(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
              });
    }
    return records;
  }
}
