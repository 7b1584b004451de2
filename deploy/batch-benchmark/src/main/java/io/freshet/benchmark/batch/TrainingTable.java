package io.freshet.benchmark.batch;

import io.freshet.batch.training.TrainingSet;
import io.freshet.benchmark.batch.Meter.Cost;
import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Format;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.TrainingSetPlan.OfSource;
import io.freshet.plan.TrainingSetPlan.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same training set by Freshet and by plain SQL, in turn, beside a mere scan of what both read.
 * Both have to write the same rows.
 */
final class TrainingTable {
  private final LabelledFlights flights;
  private final int rounds;
  private final Meter meter;

  TrainingTable(LabelledFlights flights, int rounds) {
    this.flights = flights;
    this.rounds = rounds;
    this.meter = new Meter(flights.spark());
  }

  String measure() throws Exception {
    List<Cost> freshet = new ArrayList<>();
    List<Cost> sql = new ArrayList<>();
    List<Cost> scan = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      String ours = flights.output("freshet", round);
      String theirs = flights.output("sql", round);
      freshet.add(meter.of(() -> TrainingSet.write(flights.spark(), plan(ours))));
      sql.add(meter.of(() -> new PlainSql(flights).write(theirs)));
      scan.add(meter.of(() -> new PlainSql(flights).scan()));
      compare(read(ours), read(theirs));
    }
    Cost limit = median(scan);
    MarkdownTable table =
        MarkdownTable.of("what", "wall s", "CPU s", "live MB at most", "CPU of a scan");
    tell(table, "Freshet", median(freshet), limit);
    tell(table, "plain SQL", median(sql), limit);
    tell(table, "scan of both inputs (limit)", limit, limit);
    return table.text();
  }

  private TrainingSetPlan plan(String output) {
    return new TrainingSetPlan(
        "benchmark",
        new TrainingSetPlan.Spine(flights.labels(), Format.PARQUET, "label_time", Map.of()),
        List.of(new OfSource(FlightViews.SOURCE, LabelledFlights.VIEWS, Map.of())),
        List.of(),
        LabelledFlights.VIEWS.stream()
            .flatMap(
                view ->
                    view.view().features().stream()
                        .map(FeaturePlan::name)
                        .map(feature -> view.view().name() + "." + feature))
            .toList(),
        Mode.EXACT,
        flights.archive().warehouse(),
        new Output(output, Format.PARQUET),
        "unused");
  }

  private Dataset<Row> read(String path) {
    return flights.spark().read().parquet(path);
  }

  private static void compare(Dataset<Row> ours, Dataset<Row> theirs) {
    Dataset<Row> ordered = theirs.select(ours.columns()[0], tail(ours.columns()));
    SameRows.check(ours, ordered);
  }

  private static String[] tail(String[] columns) {
    return List.of(columns).subList(1, columns.length).toArray(String[]::new);
  }

  /** By CPU, of all but the first. */
  private static Cost median(List<Cost> costs) {
    List<Cost> told = new ArrayList<>(costs.subList(1, costs.size()));
    told.sort(Comparator.comparing(Cost::cpu));
    return told.get(told.size() / 2);
  }

  private static void tell(MarkdownTable table, String what, Cost cost, Cost limit) {
    table.row(
        what,
        seconds(cost.wall()),
        seconds(cost.cpu()),
        Long.toString(cost.liveBytes() / 1_000_000),
        String.format(Locale.ROOT, "%.1f", (double) cost.cpu().toNanos() / limit.cpu().toNanos()));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e9);
  }
}
