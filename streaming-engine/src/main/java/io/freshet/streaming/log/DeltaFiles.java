package io.freshet.streaming.log;

import io.freshet.plan.FeatureLog;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.log.delta.LogFileWriter;
import io.freshet.streaming.log.delta.LogTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes the rows of views that log to Delta to data files before each checkpoint, one a view and
 * date, and more only if the rows are many. Files of a checkpoint that fails are never committed.
 */
@SuppressWarnings("NullAway.Init") // open() sets what cannot travel with the job graph.
final class DeltaFiles extends LogOperator<LogFiles> {
  private static final long MOST_BUFFERED_BYTES = 64L << 20;
  private static final int ROW_OVERHEAD_BYTES = 120;

  private transient Map<Integer, Buffer> buffers;
  private transient long bufferedBytes;

  DeltaFiles(CarriedPlan carried) {
    super(carried, FeatureLog.DELTA);
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffers = new HashMap<>();
    bufferedBytes = 0;
  }

  @Override
  void log(Upsert row, ViewPlan plan) throws IOException {
    buffers.computeIfAbsent(plan.number(), number -> buffer(plan)).rows.add(row);
    bufferedBytes += row.row().length + row.entity().key().length + ROW_OVERHEAD_BYTES;
    if (bufferedBytes >= MOST_BUFFERED_BYTES) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
  }

  private void flush() throws IOException {
    for (Buffer buffer : buffers.values()) {
      if (!buffer.rows.isEmpty()) {
        List<String> actions = buffer.files.write(buffer.rows);
        output.collect(
            new StreamRecord<>(new LogFiles(buffer.table, LogFiles.IN_NO_CHECKPOINT, actions)));
        buffer.rows.clear();
      }
    }
    bufferedBytes = 0;
  }

  private Buffer buffer(ViewPlan plan) {
    String table = LogTable.pathOf(job().logs().warehouse(), job().source(), plan.number());
    return new Buffer(table, new LogFileWriter(LogTable.at(table), plan.view()), new ArrayList<>());
  }

  private record Buffer(String table, LogFileWriter files, List<Upsert> rows) {}
}
