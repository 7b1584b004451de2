package io.freshet.benchmark.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.materialize.Materializer;
import io.freshet.batch.source.EventTable;
import io.freshet.batch.table.Warehouse;
import io.freshet.benchmark.batch.Meter.Cost;
import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.ViewPlan;
import io.freshet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Ticks that read what is new, each beside a tick of the same views without tiles, which reads
 * everything, and beside a mere scan of the new rows. Both have to log the same values.
 */
final class IncrementalTable {
  private static final Instant START = Instant.parse("2001-01-01T00:00:00Z");

  /** The first share warms up and is not told. */
  private static final double[] SHARES = {0.001, 0.001, 0.01, 0.05};

  private static final double HELD_BACK = 0.07;

  private final SparkSession spark;
  private final FlightArchive archive;
  private final String onlineStore;
  private final List<Window> windows;
  private final Meter meter;
  private final MarkdownTable table =
      MarkdownTable.of(
          "new rows",
          "what",
          "wall s",
          "CPU s",
          "of tasks",
          "rows read",
          "MB read",
          "jobs",
          "CPU of all");
  private int viewsMade;
  private int runs;

  IncrementalTable(
      SparkSession spark, FlightArchive archive, String onlineStore, List<Window> windows) {
    this.spark = spark;
    this.archive = archive;
    this.onlineStore = onlineStore;
    this.windows = windows;
    this.meter = new Meter(spark);
  }

  /**
   * @param days of the flights
   */
  String measure(int days) throws Exception {
    Duration all = Duration.ofDays(days);
    Instant tick = START.plus(share(all, 1 - HELD_BACK));
    archive.append(START, tick);
    List<ViewPlan> carried = views();
    run(carried, tick);
    for (int i = 0; i < SHARES.length; i++) {
      long before = archive.table().state().version();
      Instant next = tick.plus(share(all, SHARES[i]));
      archive.append(tick, next);
      if (i == 0) {
        run(carried, next);
      } else {
        measure(SHARES[i], carried, before, next);
      }
      tick = next;
    }
    return table.text();
  }

  private void measure(double share, List<ViewPlan> carried, long before, Instant tick)
      throws Exception {
    List<ViewPlan> afresh = views();
    Cost incremental = meter.of(() -> run(carried, tick));
    Cost full = meter.of(() -> run(afresh, tick));
    Cost scan = meter.of(() -> scan(before));
    for (int i = 0; i < carried.size(); i++) {
      compare(carried.get(i), afresh.get(i));
    }
    String percent = String.format(Locale.ROOT, "%.1f %%", share * 100);
    tell(percent, "incremental", incremental, full);
    tell(percent, "all", full, full);
    tell(percent, "scan of what is new (limit)", scan, full);
  }

  private List<ViewPlan> views() {
    List<ViewPlan> views = FlightViews.daily(1 + viewsMade, windows);
    viewsMade += views.size();
    return views;
  }

  private Void run(List<ViewPlan> views, Instant tick) {
    BatchRunPlan plan =
        new BatchRunPlan(
            "benchmark",
            FlightViews.SOURCE,
            views,
            tick.toEpochMilli(),
            ++runs,
            "no broker is needed",
            onlineStore,
            archive.warehouse(),
            Rows.CHANGED,
            DeadLetters.SENT_BY_RUN,
            "unused");
    Materializer.materialize(
        spark,
        plan,
        EventTable.of(spark, plan.source(), plan.warehouse()),
        ArchiveTables.rejected(spark, Warehouse.of(plan)));
    return null;
  }

  private Void scan(long before) {
    EventTable.of(spark, FlightViews.SOURCE, archive.warehouse())
        .changesAfter(before)
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return null;
  }

  /** The newest row of each key of one view, and the rows of another that has just one tick. */
  private void compare(ViewPlan carried, ViewPlan afresh) {
    Dataset<Row> log = log(carried);
    Dataset<Row> newest =
        log.join(log.groupBy("keys").agg(max("as_of").as("as_of")), new String[] {"keys", "as_of"})
            .select("keys", "features")
            .filter(counts());
    Dataset<Row> whole = log(afresh).select("keys", "features").filter(counts());
    SameRows.check(newest, whole);
  }

  /** The longest window has events: a row without any may be logged or not. */
  private Column counts() {
    return col("features").getField(FlightViews.count(windows.size() - 1)).gt(0);
  }

  private Dataset<Row> log(ViewPlan view) {
    Warehouse warehouse = Warehouse.of(archive.warehouse(), FlightViews.SOURCE);
    return spark.read().format("delta").load(warehouse.featureLog(view.number()));
  }

  private void tell(String share, String what, Cost cost, Cost full) {
    table.row(
        share,
        what,
        seconds(cost.wall()),
        seconds(cost.cpu()),
        seconds(cost.tasks()),
        String.format(Locale.ROOT, "%,d", cost.rows()),
        String.format(Locale.ROOT, "%.1f", cost.bytes() / 1e6),
        Long.toString(cost.jobs()),
        String.format(Locale.ROOT, "1/%.1f", (double) full.cpu().toNanos() / cost.cpu().toNanos()));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e9);
  }

  private static Duration share(Duration all, double share) {
    return Duration.ofMillis(Math.round(all.toMillis() * share));
  }
}
