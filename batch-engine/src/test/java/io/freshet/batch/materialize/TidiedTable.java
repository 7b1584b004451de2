package io.freshet.batch.materialize;

import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A view's tile table, to be crowded and tidied. */
public final class TidiedTable {
  private final BatchRunPlan plan;
  private final ViewPlan view;
  private final DeltaFolder folder;
  private final TileTable table;

  public TidiedTable(SparkSession spark, BatchRunPlan plan, ViewPlan view) {
    this.plan = plan;
    this.view = view;
    this.folder = new DeltaFolder(spark, Warehouse.of(plan).tiles(view.number()));
    this.table = TileTable.ensured(spark, plan, view, "unused");
  }

  /** Spreads the rows over as many files a month. */
  public void crowd(int files) {
    folder.rewrite("true", folder.read().repartition(files));
  }

  public void tidy(Instant servedTick) {
    new TidyTiles(RunViews.of(plan), view, table).tidy(servedTick);
  }

  public Map<LocalDate, Long> filesByMonth() {
    return folder.state().files(TileSchema.MONTH);
  }

  public long rows() {
    return folder.read().count();
  }

  /** How many keys and days there are rows of. */
  public long tiles() {
    return folder.read().select(TileSchema.KEY, TileSchema.DATE).distinct().count();
  }

  /** The rows to serve that the tiles give. */
  public List<Row> values() {
    return new ComputedRows(RunViews.of(plan)).rows(view, folder.read()).collectAsList();
  }
}
