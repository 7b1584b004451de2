package io.freshet.batch.handover;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.Lookahead;
import io.freshet.batch.materialize.ViewKernel;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.handover.HandOver.SeenId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Builds the histories of one lane and key after the other, from rows of {@link InputSchema#inputs}
 * that come sorted by lane, key, time, partition and offset; those without inputs only have an id.
 * Tiles are compacted to what a value after the newest event needs.
 */
final class BuildHistories implements Iterator<BuildHistories.History> {
  /** As events come in the order of their times, a key never has many more tiles than it needs. */
  private static final int TILES_UNCOMPACTED = 1_000;

  private final Map<Integer, Lane> lanes = new HashMap<>();
  private final Lookahead<Row> rows;
  private @Nullable History next;

  BuildHistories(List<LaneSpan> spans, Iterator<Row> inputs) {
    spans.forEach(
        span -> lanes.put(span.lane(), new Lane(span, ViewKernel.of(span.events().view()))));
    this.rows = new Lookahead<>(inputs);
  }

  /**
   * A key's history.
   *
   * @param events how many are in its tiles
   */
  record History(KeyHistory record, long events) {}

  private record Lane(LaneSpan span, ViewKernel kernel) {}

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      next = historyOf(rows.next());
    }
    return next != null;
  }

  @Override
  public History next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    History taken = next;
    next = null;
    return taken;
  }

  /** The history of a row's key, of which the rest is taken; null if its row has expired. */
  private @Nullable History historyOf(Row first) {
    Lane lane = lanes.get(first.getInt(InputSchema.VIEW_AT));
    if (lane == null) {
      throw new IllegalStateException(
          "no lane " + first.getInt(InputSchema.VIEW_AT) + " in the plan");
    }
    byte[] key = first.getAs(InputSchema.KEY_AT);
    KeyTiles tiles = lane.kernel.aggregator().empty();
    Set<SeenId> ids = new LinkedHashSet<>();
    take(lane, first, tiles, ids);
    for (Row row = rows.peek(); isOf(lane, key, row); row = rows.peek()) {
      take(lane, rows.next(), tiles, ids);
    }
    if (tiles.events() == 0 || tiles.newestEventMillis() < lane.span.keysFromMillis()) {
      return null;
    }
    compact(lane.kernel.aggregator(), tiles);
    byte[] packed = lane.kernel.aggregator().encode(tiles);
    return new History(
        new KeyHistory(lane.span.lane(), key, packed, List.copyOf(ids)), tiles.events());
  }

  private static void take(Lane lane, Row row, KeyTiles tiles, Set<SeenId> ids) {
    if (!row.isNullAt(InputSchema.INPUTS_AT)) {
      lane.kernel.add(tiles, row);
      if (tiles.size() > TILES_UNCOMPACTED) {
        compact(lane.kernel.aggregator(), tiles);
      }
    }
    long time = row.getLong(InputSchema.TIME_AT);
    if (!row.isNullAt(InputSchema.ID_AT) && time >= lane.span.idsFromMillis()) {
      ids.add(new SeenId(time, row.getString(InputSchema.ID_AT)));
    }
  }

  private static void compact(ViewAggregator aggregator, KeyTiles tiles) {
    aggregator.compact(tiles, tiles.newestEventMillis() + 1);
  }

  private static boolean isOf(Lane lane, byte[] key, @Nullable Row row) {
    return row != null
        && row.getInt(InputSchema.VIEW_AT) == lane.span.lane()
        && Arrays.equals(row.<byte[]>getAs(InputSchema.KEY_AT), key);
  }
}
