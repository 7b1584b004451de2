package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.collect_set;

import io.freshet.batch.archive.ArchiveSchema;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The keys and days of views of which events were changed or taken away since the views' tiles were
 * computed. Tiles tell what entered, not what did not: those of such a key and day are computed
 * again, from all events.
 *
 * @param touched rows of view, key and day
 * @param days those days, by view
 */
record Corrections(Dataset<Row> touched, Map<Integer, Set<LocalDate>> days) {
  private static final String[] TILE = {InputSchema.VIEW, TileSchema.KEY, TileSchema.DATE};

  /**
   * @param tilesOfGone the tiles of the events as they were, rows of {@link InputSchema#tiles}
   */
  static Corrections of(Dataset<Row> tilesOfGone) {
    Dataset<Row> touched =
        tilesOfGone
            .filter(named(TileSchema.TILES).isNotNull())
            .select(named(InputSchema.VIEW), named(TileSchema.KEY), named(TileSchema.DATE))
            .distinct()
            .persist();
    Map<Integer, Set<LocalDate>> days = new HashMap<>();
    touched
        .groupBy(named(InputSchema.VIEW))
        .agg(collect_set(named(TileSchema.DATE)))
        .collectAsList()
        .forEach(row -> days.put(row.getInt(0), Set.copyOf(row.<LocalDate>getList(1))));
    return new Corrections(touched, days);
  }

  boolean concern(int view) {
    return days.containsKey(view);
  }

  /** Of a table's events those of the days. */
  Dataset<Row> eventsOfDays(Dataset<Row> events) {
    Set<LocalDate> all = new HashSet<>();
    days.values().forEach(all::addAll);
    return events.filter(named(ArchiveSchema.EVENT_DATE).isInCollection(all));
  }

  /** Of tiles those that are to be put in place of others. */
  Dataset<Row> only(Dataset<Row> tiles) {
    return joined(tiles, "left_semi");
  }

  /** Of tiles those that are to be added to others. */
  Dataset<Row> without(Dataset<Row> tiles) {
    return joined(tiles, "left_anti");
  }

  /** The keys and days of a view. */
  Dataset<Row> of(int view) {
    return touched
        .filter(named(InputSchema.VIEW).equalTo(view))
        .select(named(TileSchema.KEY), named(TileSchema.DATE));
  }

  private Dataset<Row> joined(Dataset<Row> tiles, String how) {
    Column[] columns =
        Arrays.stream(tiles.columns()).map(name -> named(name)).toArray(Column[]::new);
    return tiles.join(touched, TILE, how).select(columns);
  }
}
