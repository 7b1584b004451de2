package io.freshet.streaming.sink;

import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes rows to the online store. It sends no records on, only the watermark, which follows the
 * rows; a checkpoint completes only when every row before it is in the store.
 */
@SuppressWarnings("NullAway.Init") // open() sets what cannot travel with the job graph.
final class UpsertSink extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Upsert, Void> {
  private static final int BATCH_ROWS = 1_000;
  private static final long NANOS_A_MILLI = 1_000_000;

  private final StoreOpener opener;
  private final long flushIntervalMillis;
  private final RetryPolicy retries;

  private transient OnlineStoreWriter store;
  private transient ScheduledFuture<?> turns;
  private transient RowFlusher flusher;
  private transient Counter applied;
  private transient Counter superseded;

  UpsertSink(StoreOpener opener, long flushIntervalMillis, RetryPolicy retries) {
    this.opener = opener;
    this.flushIntervalMillis = flushIntervalMillis;
    this.retries = retries;
  }

  @Override
  public void open() throws Exception {
    super.open();
    applied = getMetricGroup().counter("upsertsApplied");
    superseded = getMetricGroup().counter("upsertsSuperseded");
    store = opener.open();
    flusher =
        new RowFlusher(
            store,
            retries,
            BATCH_ROWS,
            () -> System.nanoTime() / NANOS_A_MILLI,
            this::count,
            output::emitWatermark);
    turns =
        getProcessingTimeService()
            .scheduleWithFixedDelay(
                now -> flusher.turn(), flushIntervalMillis, flushIntervalMillis);
  }

  @Override
  public void processElement(StreamRecord<Upsert> element) throws Exception {
    flusher.add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) {
    flusher.hold(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flusher.flush();
  }

  @Override
  public void finish() throws Exception {
    flusher.flush();
  }

  @Override
  public void close() throws Exception {
    if (turns != null) {
      turns.cancel(false);
    }
    if (store != null) {
      store.close();
    }
    super.close();
  }

  private void count(UpsertResult result) {
    applied.inc(result.applied());
    superseded.inc(result.superseded());
  }
}
