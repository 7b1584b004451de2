package io.freshet.streaming.source;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Announces each partition before the first record of it. All methods but {@link #isAvailable}'s
 * future are for the task's thread, as Flink calls them.
 */
@SuppressWarnings("try") // Closing passes on whatever the reader of records throws.
final class AnnouncingReader implements SourceReader<SourceItem, KafkaPartitionSplit> {
  private final SourceReader<SourceItem, KafkaPartitionSplit> records;
  private final Queue<PartitionAssigned> notices = new ArrayDeque<>();
  private CompletableFuture<Void> noticed = new CompletableFuture<>();

  AnnouncingReader(SourceReader<SourceItem, KafkaPartitionSplit> records) {
    this.records = records;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      notices.add(new PartitionAssigned(split.getPartition(), split.getStartingOffset()));
    }
    records.addSplits(splits);
    noticed.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceItem> output) throws Exception {
    PartitionAssigned notice = notices.poll();
    if (notice != null) {
      output.collect(notice);
      return InputStatus.MORE_AVAILABLE;
    }
    return records.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!notices.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (noticed.isDone()) {
      noticed = new CompletableFuture<>();
    }
    return CompletableFuture.anyOf(records.isAvailable(), noticed).thenApply(any -> null);
  }

  @Override
  public void start() {
    records.start();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return records.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    records.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    records.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    records.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    records.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    records.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void close() throws Exception {
    records.close();
  }
}
