package io.freshet.streaming;

import io.freshet.handover.Acknowledgement;
import io.freshet.handover.HandOver;
import io.freshet.handover.HandOver.KeyHistory;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics of a source, as the control plane makes and uses them. */
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
    kafka.createTopic(source.handOverTopic(), 1);
    kafka.createTopic(source.acknowledgementsTopic(), 1, Map.of("cleanup.policy", "compact"));
    return new SourceTopics(source, kafka.bootstrapServers());
  }

  /** Sends events; says where each is once the broker has them all. */
  public List<RecordMetadata> send(List<Departure> departures) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Departure departure : departures) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  source.topic(), bytes(departure.origin()), bytes(departure.json()))));
    }
    List<RecordMetadata> places = new ArrayList<>();
    for (Future<RecordMetadata> acknowledged : sent) {
      places.add(acknowledged.get());
    }
    return places;
  }

  public RecordMetadata sendRaw(String key, String value)
      throws ExecutionException, InterruptedException {
    return producer.send(new ProducerRecord<>(source.topic(), bytes(key), bytes(value))).get();
  }

  void publish(ViewPlan view) throws Exception {
    define(view.lane(), PlanCodec.encode(view));
  }

  void publish(SourcePlan changed) throws Exception {
    define(SourcePlan.DEFINITION_NUMBER, PlanCodec.encode(changed));
  }

  void withdraw(int lane) throws Exception {
    define(lane, null);
  }

  void handOver(HandOver record) throws Exception {
    byte[] key = record instanceof KeyHistory history ? history.entity() : new byte[0];
    producer.send(new ProducerRecord<>(source.handOverTopic(), key, HandOver.encode(record))).get();
  }

  /** The acknowledgements so far, the newest of each key. */
  Map<String, Acknowledgement> acknowledged() {
    Map<String, Acknowledgement> newest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(source.acknowledgementsTopic())) {
      newest.put(text(record.key()), PlanCodec.decode(record.value(), Acknowledgement.class));
    }
    return newest;
  }

  /** A dead letter's value, key and headers, all of them as text. */
  public record Letter(String value, String key, Map<String, String> headers) {}

  public List<Letter> deadLetters() {
    return read(source.deadLetterTopic()).stream().map(SourceTopics::letter).toList();
  }

  @Override
  public void close() {
    producer.close();
  }

  private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return new Letter(text(record.value()), text(record.key()), headers);
  }

  /** All records of a topic of one partition. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private void define(int lane, byte @Nullable [] plan) throws Exception {
    producer
        .send(new ProducerRecord<>(source.definitionsTopic(), bytes(Integer.toString(lane)), plan))
        .get();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
