package io.freshet.streaming.log.delta;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.json.JsonUtils;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.freshet.plan.BoundView;
import io.freshet.store.Upsert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes rows of a view to data files of its table, which no reader sees before their commit. */
public final class LogFileWriter {
  private static final int ROWS_A_BATCH = 4_096;

  private final LogTable table;
  private final LogRows rows;
  private @Nullable Row state;

  public LogFileWriter(LogTable table, BoundView view) {
    this.table = table;
    this.rows = new LogRows(view);
  }

  /**
   * Writes one file a date.
   *
   * @return the actions of Delta's log, in JSON, that commit the files
   */
  public List<String> write(List<Upsert> upserts) throws IOException {
    Map<Integer, List<Upsert>> byDate = new TreeMap<>();
    for (Upsert upsert : upserts) {
      byDate.computeIfAbsent(LogRows.dateOf(upsert), date -> new ArrayList<>()).add(upsert);
    }
    List<String> actions = new ArrayList<>();
    for (Map.Entry<Integer, List<Upsert>> partition : byDate.entrySet()) {
      write(Literal.ofDate(partition.getKey()), partition.getValue(), actions);
    }
    return actions;
  }

  private void write(Literal date, List<Upsert> upserts, List<String> actions) throws IOException {
    Engine engine = table.engine();
    Row transaction = state();
    Map<String, Literal> partition = Map.of(LogSchema.DATE, date);
    DataWriteContext place = Transaction.getWriteContext(engine, transaction, partition);
    try (CloseableIterator<FilteredColumnarBatch> data =
            Transaction.transformLogicalData(engine, transaction, batches(upserts), partition);
        CloseableIterator<DataFileStatus> files =
            engine
                .getParquetHandler()
                .writeParquetFiles(place.getTargetDirectory(), data, place.getStatisticsColumns());
        CloseableIterator<Row> commits =
            Transaction.generateAppendActions(engine, transaction, files, place)) {
      commits.forEachRemaining(action -> actions.add(JsonUtils.rowToJson(action)));
    }
  }

  private CloseableIterator<FilteredColumnarBatch> batches(List<Upsert> upserts) {
    Iterator<FilteredColumnarBatch> batches =
        IntStream.iterate(0, from -> from < upserts.size(), from -> from + ROWS_A_BATCH)
            .mapToObj(from -> upserts.subList(from, Math.min(upserts.size(), from + ROWS_A_BATCH)))
            .map(part -> new FilteredColumnarBatch(rows.batch(part), Optional.empty()))
            .iterator();
    return Utils.toCloseableIterator(batches);
  }

  private Row state() {
    Row known = state;
    if (known == null) {
      known = table.ensured(rows.schema());
      state = known;
    }
    return known;
  }
}
