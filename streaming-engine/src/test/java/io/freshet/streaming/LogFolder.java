package io.freshet.streaming;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The Delta table of a view's feature log, as its readers see it. */
public final class LogFolder {
  private final Engine engine = DefaultEngine.create(new Configuration());
  private final String path;

  public LogFolder(Path warehouse, SourcePlan source, ViewPlan view) {
    this.path =
        warehouse
            .resolve(source.project())
            .resolve(source.name())
            .resolve("feature-log/view-" + view.number())
            .toString();
  }

  /** The rows of views of {@link Flights#view}. */
  public List<LoggedRow> rows() throws IOException {
    return read().stream().map(LogFolder::logged).toList();
  }

  /** All rows of the table; none if there is no table. */
  List<Row> read() throws IOException {
    try {
      return read(TableManager.loadSnapshot(path).build(engine));
    } catch (TableNotFoundException e) {
      return List.of();
    }
  }

  int files() throws IOException {
    return scanFiles(TableManager.loadSnapshot(path).build(engine).getScanBuilder().build()).size();
  }

  String schemaJson() {
    return TableManager.loadSnapshot(path).build(engine).getSchema().toJson();
  }

  private List<Row> read(Snapshot snapshot) throws IOException {
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(engine);
    List<Row> rows = new ArrayList<>();
    for (Row file : scanFiles(scan)) {
      try (CloseableIterator<FileReadResult> data =
              engine
                  .getParquetHandler()
                  .readParquetFiles(
                      Utils.singletonCloseableIterator(
                          InternalScanFileUtils.getAddFileStatus(file)),
                      ScanStateRow.getPhysicalDataReadSchema(state),
                      Optional.empty());
          CloseableIterator<FilteredColumnarBatch> batches =
              Scan.transformPhysicalData(engine, state, file, data.map(FileReadResult::getData))) {
        while (batches.hasNext()) {
          batches.next().getRows().forEachRemaining(rows::add);
        }
      }
    }
    return rows;
  }

  private List<Row> scanFiles(Scan scan) throws IOException {
    List<Row> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        batches.next().getRows().forEachRemaining(files::add);
      }
    }
    return files;
  }

  private static LoggedRow logged(Row row) {
    Row features = row.getStruct(6);
    @Nullable Object[] values = {
      features.getLong(0),
      features.isNullAt(1) ? null : features.getLong(1),
      features.isNullAt(2) ? null : features.getDouble(2),
      features.isNullAt(3) ? null : features.getLong(3)
    };
    return new LoggedRow(
        row.getStruct(4).getString(0),
        new Version((int) row.getLong(2), row.getLong(1) / 1_000, (int) row.getLong(3)),
        values);
  }
}
