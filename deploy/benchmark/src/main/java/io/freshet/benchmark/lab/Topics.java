package io.freshet.benchmark.lab;

import io.freshet.plan.SourcePlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a source, made as the control plane makes them, and what is sent to them. */
public final class Topics implements AutoCloseable {
  private final SourcePlan source;
  private final KafkaProducer<byte[], byte[]> producer;

  private Topics(SourcePlan source, KafkaProducer<byte[], byte[]> producer) {
    this.source = source;
    this.producer = producer;
  }

  public static Topics create(String kafka, SourcePlan source, int partitions)
      throws ExecutionException, InterruptedException {
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(
              List.of(
                  topic(source.topic(), partitions)
                      .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                  topic(source.deadLetterTopic(), 1),
                  topic(source.definitionsTopic(), 1).configs(compacted),
                  topic(source.handOverTopic(), 1),
                  topic(source.acknowledgementsTopic(), 1).configs(compacted)))
          .all()
          .get();
    }
    return new Topics(
        source,
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "linger.ms", "5", "batch.size", "131072"),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  /** Sends events, dealt out over the partitions in turn; returns once the broker has them all. */
  public void send(SeededEvents events) throws ExecutionException, InterruptedException {
    int partitions = producer.partitionsFor(source.topic()).size();
    for (int i = 0; i < events.size(); i++) {
      var unused =
          producer.send(new ProducerRecord<>(source.topic(), i % partitions, null, events.json(i)));
    }
    producer.flush();
  }

  /** Sends one event; it leaves within milliseconds. */
  public Future<RecordMetadata> send(byte[] event) {
    return producer.send(new ProducerRecord<>(source.topic(), event));
  }

  @Override
  public void close() {
    producer.close();
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, partitions, (short) 1);
  }
}
