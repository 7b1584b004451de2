package io.freshet.streaming.aggregation;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.plan.BoundView;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.value.RowCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live lane of a view as the aggregation sees it: what an event and the passing of time do to the
 * state of a key, and the row that follows from it. For the operator's thread alone.
 */
final class TiledView {
  private static final long BEFORE_EPOCH = -1;
  private static final int BYTES_A_KEY = 256;
  private static final int DECODED_FACTOR = 2;

  private final ViewPlan plan;
  private final ViewAggregator aggregator;
  private final RowCodec rows;
  private final KeyStateCodec codec;
  private long packedBytesATile = 64;

  TiledView(ViewPlan plan) {
    this.plan = plan;
    this.aggregator = ViewAggregator.of(plan.view());
    this.rows = new RowCodec(plan.view().rowTypes());
    this.codec = new KeyStateCodec(aggregator);
  }

  int lane() {
    return plan.lane();
  }

  BoundView view() {
    return plan.view();
  }

  /**
   * The state of a key that has none, before its first event. Such a key may have been freed at any
   * as-of time up to the one that event time is complete through, so its rows start after that: a
   * row of the key as it was before is never newer. There are no versions before 1970.
   */
  KeyState born(long eventMillis, long completeThroughMillis) {
    long after = Math.max(BEFORE_EPOCH, Math.max(eventMillis, completeThroughMillis));
    return new KeyState(aggregator.empty(), after + 1);
  }

  /** The state of a key that has none, before its history. There are no versions before 1970. */
  KeyState unborn() {
    return new KeyState(aggregator.empty(), BEFORE_EPOCH + 1);
  }

  /**
   * The tiles of a history.
   *
   * @throws IllegalArgumentException if they are no such tiles
   */
  KeyTiles decode(byte[] tiles) {
    return aggregator.decode(tiles);
  }

  /**
   * Lets the history before the lane's cut enter, so that the key awaits it no more. The as-of time
   * follows the events alone, as if they had come one by one; windows are to decay after that.
   */
  void merge(KeyState key, KeyTiles history) {
    aggregator.merge(key.tiles, history);
    if (history.events() > 0) {
      key.asOfMillis = Math.max(key.asOfMillis, history.newestEventMillis() + 1);
    }
    key.awaiting = false;
    key.untidy = true;
  }

  /**
   * Lets an event enter; its time and all that decayed before it are within the next row. Before
   * that row is made, {@link #tidy} must have been called.
   */
  void add(KeyState key, ViewEvent event) {
    aggregator.add(key.tiles, event.timeMillis(), event.inputs());
    key.asOfMillis = Math.max(key.asOfMillis, event.timeMillis() + 1);
    key.untidy = true;
    if (key.nextChangeMillis == KeyState.NEVER || key.asOfMillis >= key.nextChangeMillis) {
      tidy(key);
    }
  }

  /** Compacts what entered since the last time, and sees when a window next decays. */
  void tidy(KeyState key) {
    if (key.untidy) {
      compact(key);
    }
  }

  /**
   * Lets windows decay through a time, one change after the other: the as-of time is then that of
   * the last change, however far the time was ahead of it.
   *
   * @return whether anything changed; {@link #isEmpty} then says whether anything is left
   */
  boolean decay(KeyState key, long throughMillis) {
    tidy(key);
    boolean changes = key.nextChangeMillis <= throughMillis;
    while (key.nextChangeMillis <= throughMillis) {
      key.asOfMillis = Math.max(key.asOfMillis, key.nextChangeMillis);
      compact(key);
    }
    return changes;
  }

  /** Whether no window holds an event, now and for ever. */
  boolean isEmpty(KeyState key) {
    return aggregator.isEmptyAsOf(key.tiles, key.asOfMillis);
  }

  Upsert row(byte[] entityKey, KeyState key) {
    @Nullable Object[] values = aggregator.valuesAsOf(key.tiles, key.asOfMillis);
    @Nullable Object[] row = new @Nullable Object[values.length + 1];
    row[0] = key.tiles.events() == 0 ? null : Instant.ofEpochMilli(key.tiles.newestEventMillis());
    System.arraycopy(values, 0, row, 1, values.length);
    BoundView view = plan.view();
    return new Upsert(
        new EntityRef(view.project(), view.entity(), entityKey),
        plan.number(),
        new Version(plan.epoch(), key.asOfMillis, (int) key.tiles.events()),
        rows.encode(row),
        view.ttlMillis());
  }

  byte[] pack(KeyState key) {
    byte[] packed = codec.pack(key);
    sawPacked(key.tiles, packed.length);
    return packed;
  }

  KeyState unpack(byte[] packed) {
    KeyState key = codec.unpack(packed);
    sawPacked(key.tiles, packed.length);
    return key;
  }

  /** About how many bytes a decoded key takes, told from the packed keys of the view so far. */
  long decodedBytes(KeyState key) {
    return BYTES_A_KEY + key.tiles.size() * packedBytesATile * DECODED_FACTOR;
  }

  private void compact(KeyState key) {
    aggregator.compact(key.tiles, key.asOfMillis);
    key.nextChangeMillis = aggregator.nextChangeAfter(key.tiles, key.asOfMillis);
    key.untidy = false;
  }

  private void sawPacked(KeyTiles tiles, int bytes) {
    if (!tiles.isEmpty()) {
      packedBytesATile += (bytes / tiles.size() - packedBytesATile) / 8;
    }
  }
}
