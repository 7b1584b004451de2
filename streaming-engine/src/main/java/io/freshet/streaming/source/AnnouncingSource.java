package io.freshet.streaming.source;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Kafka source that says downstream which partitions a subtask reads. Without that nobody can
 * tell a partition without records from one that has not been looked at.
 */
final class AnnouncingSource
    implements Source<SourceItem, KafkaPartitionSplit, KafkaSourceEnumState> {
  private final KafkaSource<SourceItem> topic;

  AnnouncingSource(KafkaSource<SourceItem> topic) {
    this.topic = topic;
  }

  @Override
  public SourceReader<SourceItem, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new AnnouncingReader(topic.createReader(context));
  }

  @Override
  public Boundedness getBoundedness() {
    return topic.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return topic.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    return topic.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return topic.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return topic.getEnumeratorCheckpointSerializer();
  }
}
