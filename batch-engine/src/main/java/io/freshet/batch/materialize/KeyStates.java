package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Merges the tiles of one key after the other, from rows (key, tiles) that come sorted by key. */
final class KeyStates implements Iterator<KeyStates.KeyState> {
  private static final int KEY = 0;
  private static final int TILES = 1;

  private final ViewAggregator aggregator;
  private final Lookahead<Row> rows;

  KeyStates(ViewAggregator aggregator, Iterator<Row> rows) {
    this.aggregator = aggregator;
    this.rows = new Lookahead<>(rows);
  }

  /** A key with all its tiles. */
  @SuppressWarnings("ArrayRecordComponent") // Made once a key, never compared.
  record KeyState(byte[] key, KeyTiles tiles) {}

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public KeyState next() {
    Row first = rows.next();
    byte[] key = first.getAs(KEY);
    KeyTiles tiles = decode(first);
    for (Row row = rows.peek(); isOf(key, row); row = rows.peek()) {
      aggregator.merge(tiles, decode(rows.next()));
    }
    return new KeyState(key, tiles);
  }

  private static boolean isOf(byte[] key, @Nullable Row row) {
    return row != null && Arrays.equals(row.<byte[]>getAs(KEY), key);
  }

  private KeyTiles decode(Row row) {
    return aggregator.decode(row.<byte[]>getAs(TILES));
  }
}
