package io.freshet.streaming.log;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A Kafka sink in transactions that never loses one silently: {@link LossDetectingCommitter}. */
final class LossDetectingSink
    implements Sink<LogRecord>,
        SupportsCommitter<KafkaCommittable>,
        SupportsWriterState<LogRecord, KafkaWriterState>,
        SupportsPostCommitTopology<KafkaCommittable> {
  private final KafkaSink<LogRecord> connector;
  private final String bootstrapServers;
  private final String topics;
  private final long transactionTimeoutMillis;

  LossDetectingSink(
      KafkaSink<LogRecord> connector,
      String bootstrapServers,
      String topics,
      long transactionTimeoutMillis) {
    this.connector = connector;
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.transactionTimeoutMillis = transactionTimeoutMillis;
  }

  @Override
  public SinkWriter<LogRecord> createWriter(WriterInitContext context) throws IOException {
    return connector.createWriter(context);
  }

  @Override
  public StatefulSinkWriter<LogRecord, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> recovered) throws IOException {
    return connector.restoreWriter(context, recovered);
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return connector.getWriterStateSerializer();
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
    return new LossDetectingCommitter(
        connector.createCommitter(context),
        new TransactionOutcomes(bootstrapServers),
        topics,
        transactionTimeoutMillis);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return connector.getCommittableSerializer();
  }

  /** Writer and committer share producers: the connector keeps them in one process. */
  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committed) {
    connector.addPostCommitTopology(committed);
  }
}
