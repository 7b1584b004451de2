package io.freshet.streaming;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.KafkaFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The three topics of a source, as the control plane makes and uses them. */
public final class SourceTopics implements AutoCloseable {
  private final SourcePlan source;
  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;

  private SourceTopics(SourcePlan source, String bootstrapServers) {
    this.source = source;
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public static SourceTopics create(KafkaFixture kafka, SourcePlan source, int partitions) {
    kafka.createTopic(source.topic(), partitions);
    kafka.createTopic(source.deadLetterTopic(), 1);
    kafka.createTopic(source.definitionsTopic(), 1, Map.of("cleanup.policy", "compact"));
    return new SourceTopics(source, kafka.bootstrapServers());
  }

  /** Sends events; returns once the broker has them all. */
  public void send(List<Departure> departures) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Departure departure : departures) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  source.topic(), bytes(departure.origin()), bytes(departure.json()))));
    }
    for (Future<RecordMetadata> acknowledged : sent) {
      acknowledged.get();
    }
  }

  public RecordMetadata sendRaw(String key, String value)
      throws ExecutionException, InterruptedException {
    return producer.send(new ProducerRecord<>(source.topic(), bytes(key), bytes(value))).get();
  }

  void publish(ViewPlan view) throws Exception {
    define(view.number(), PlanCodec.encode(view));
  }

  void publish(SourcePlan changed) throws Exception {
    define(SourcePlan.DEFINITION_NUMBER, PlanCodec.encode(changed));
  }

  void withdraw(int view) throws Exception {
    define(view, null);
  }

  /** A dead letter's value, key and headers, all of them as text. */
  public record Letter(String value, String key, Map<String, String> headers) {}

  public List<Letter> deadLetters() {
    TopicPartition partition = new TopicPartition(source.deadLetterTopic(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      List<Letter> letters = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  Map<String, String> headers = new TreeMap<>();
                  for (Header header : record.headers()) {
                    headers.put(header.key(), text(header.value()));
                  }
                  letters.add(new Letter(text(record.value()), text(record.key()), headers));
                });
      }
      return letters;
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private void define(int view, byte @Nullable [] plan) throws Exception {
    producer
        .send(new ProducerRecord<>(source.definitionsTopic(), bytes(Integer.toString(view)), plan))
        .get();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
