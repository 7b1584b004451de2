package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of a view's keys, in Delta, with what they hold: the events of the source's table up to
 * the version that is the table's newest transaction, those before the newest tick of a row. Each
 * run adds the tiles of the events that are new, in one commit with how far it has come, before a
 * row of the tick is served: whatever is killed, no event is taken twice, and the table names every
 * key whose served row may not be right yet.
 *
 * @param application under which the commits name the source's version: it names the source's table
 * @param version the source's version that the tiles hold; null if they hold none of that table
 * @param newestTick null if there is no row
 */
record TileTable(
    DeltaFolder table, String application, @Nullable Long version, @Nullable Instant newestTick) {
  /** A month's files above which its rows are merged. */
  private static final long FILES_A_MONTH = 24;

  /** How many commits there are from one look at the files of months to the next. */
  private static final long COMMITS_A_LOOK = 12;

  /**
   * @param sourceTable the id of the source's table
   */
  static TileTable ensured(
      SparkSession spark, BatchRunPlan plan, ViewPlan view, String sourceTable) {
    DeltaFolder table =
        new DeltaFolder(spark, Warehouse.of(plan).tiles(view.number()))
            .ensured(TileSchema.table(), TileSchema.MONTH, Map.of());
    String application = "freshet-tiles/" + sourceTable;
    OptionalLong version = table.state().committed(application);
    return new TileTable(
        table,
        application,
        version.isPresent() ? version.getAsLong() : null,
        table.read().agg(max(named(TileSchema.AS_OF))).first().getAs(0));
  }

  /** Whether a later tick was computed before: the tiles hold events that the tick must not see. */
  boolean isAheadOf(Instant tick) {
    return newestTick != null && newestTick.isAfter(tick);
  }

  /** What the tiles hold. */
  Seen seen() {
    return version == null
        ? Seen.NOTHING
        : new Seen(version, newestTick == null ? Long.MIN_VALUE : newestTick.toEpochMilli());
  }

  /** Adds the tiles of new events, up to a version of the source. */
  void append(Dataset<Row> tiles, long through) {
    Dataset<Row> sorted = byMonth(tiles);
    if (version != null && version == through) {
      // Only a newer tick was reached, which the rows say; a repeated run finds none to add.
      table.append(sorted);
    } else {
      table.append(sorted, new CommitId(application, through));
    }
  }

  /** Replaces all tiles by those of all events up to a version of the source. */
  void replace(Dataset<Row> tiles, long through) {
    table.overwrite(byMonth(tiles), new CommitId(application, through));
  }

  /**
   * Puts tiles in place of those of some keys and days, and adds others, up to a newer version of
   * the source. Months that either concern are written anew.
   *
   * @param corrected the keys and days whose rows count no more
   * @param months all in which those and the tiles are
   */
  void correct(Dataset<Row> corrected, Dataset<Row> tiles, Set<LocalDate> months, long through) {
    Dataset<Row> kept =
        table
            .readPinned()
            .filter(named(TileSchema.MONTH).isInCollection(months))
            .join(corrected, new String[] {TileSchema.KEY, TileSchema.DATE}, "left_anti");
    String concerned = months.stream().map("DATE '%s'"::formatted).collect(joining(", "));
    table.replaceWhere(
        "%s IN (%s)".formatted(TileSchema.MONTH, concerned),
        byMonth(tiles.unionByName(kept)),
        new CommitId(application, through));
  }

  /** The rows of a day and later. */
  Dataset<Row> since(LocalDate day) {
    return table
        .readPinned()
        .filter(named(TileSchema.MONTH).geq(lit(TileSchema.monthOf(day))))
        .filter(named(TileSchema.DATE).geq(lit(day)));
  }

  Dataset<Row> all() {
    return table.readPinned();
  }

  /** Whether it is time to look at the files: that takes as long as reading rows. */
  boolean isDueForALook() {
    return table.state().version() % COMMITS_A_LOOK == 0;
  }

  /** The months that have so many files that merging their rows pays. */
  Iterable<LocalDate> crowdedMonths() {
    return table.state().files(TileSchema.MONTH).entrySet().stream()
        .filter(month -> month.getValue() > FILES_A_MONTH)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The rows of a month. */
  Dataset<Row> of(LocalDate month) {
    return table.readPinned().filter(named(TileSchema.MONTH).equalTo(lit(month)));
  }

  /** Puts rows that say the same in place of those of a month. */
  void rewrite(LocalDate month, Dataset<Row> merged) {
    table.rewrite("%s = DATE '%s'".formatted(TileSchema.MONTH, month), byMonth(merged));
  }

  /** Takes the months before one away. */
  void dropBefore(LocalDate month) {
    boolean has = table.state().files(TileSchema.MONTH).keySet().stream().anyMatch(month::isAfter);
    if (has) {
      table.delete(named(TileSchema.MONTH).lt(lit(month)));
    }
  }

  private static Dataset<Row> byMonth(Dataset<Row> tiles) {
    return tiles.hint("rebalance", named(TileSchema.MONTH));
  }
}
