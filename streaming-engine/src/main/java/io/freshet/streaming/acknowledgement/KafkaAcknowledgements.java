package io.freshet.streaming.acknowledgement;

import io.freshet.handover.Acknowledgement;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The source's topic of acknowledgements. It sends on a thread of its own: a producer may block
 * while the broker is out of reach. The connection is made with the first acknowledgement.
 */
public final class KafkaAcknowledgements implements AcknowledgementTopic {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final StreamingJobPlan plan;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "acknowledgements");
            thread.setDaemon(true);
            return thread;
          });

  @SuppressWarnings("NullAway.Init") // Used by the thread alone, which opens it.
  private KafkaProducer<byte[], byte[]> producer;

  public KafkaAcknowledgements(StreamingJobPlan plan) {
    this.plan = plan;
  }

  @Override
  public CompletableFuture<Void> send(Acknowledgement acknowledgement) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            plan.source().acknowledgementsTopic(),
            acknowledgement.key().getBytes(StandardCharsets.UTF_8),
            PlanCodec.encode(acknowledgement));
    return CompletableFuture.runAsync(() -> sendNow(record), thread);
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
          }
        });
    thread.shutdown();
  }

  private void sendNow(ProducerRecord<byte[], byte[]> record) {
    if (producer == null) {
      producer =
          new KafkaProducer<>(settings(plan), new ByteArraySerializer(), new ByteArraySerializer());
    }
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private static Properties settings(StreamingJobPlan plan) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, plan.bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    return settings;
  }
}
