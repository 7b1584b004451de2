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
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live view as the aggregation sees it: what an event and the passing of time do to the state of
 * a key, and the row that follows from it.
 *
 * <p>The state in its packed form, version 1, big-endian: version (1 byte), as-of time and next
 * change (8 bytes each), then the tiles as {@link ViewAggregator#encode} writes them.
 */
final class TiledView {
  private static final byte STATE_VERSION = 1;
  private static final long BEFORE_EPOCH = -1;
  private static final int HEADER_BYTES = 1 + Long.BYTES + Long.BYTES;

  private final ViewPlan plan;
  private final ViewAggregator aggregator;
  private final RowCodec rows;

  TiledView(ViewPlan plan) {
    this.plan = plan;
    this.aggregator = ViewAggregator.of(plan.view());
    this.rows = new RowCodec(plan.view().rowTypes());
  }

  int number() {
    return plan.number();
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

  /** Lets an event enter; its time and all that decayed before it are within the next row. */
  void add(KeyState key, ViewEvent event) {
    aggregator.add(key.tiles, event.timeMillis(), event.inputs());
    key.asOfMillis = Math.max(key.asOfMillis, event.timeMillis() + 1);
    if (key.asOfMillis >= key.nextChangeMillis || event.timeMillis() + 1 < key.asOfMillis) {
      aggregator.compact(key.tiles, key.asOfMillis);
    }
    key.nextChangeMillis = aggregator.nextChangeAfter(key.tiles, key.asOfMillis);
  }

  /** Lets windows decay as of a time; {@link #isEmpty} then says whether anything is left. */
  void decay(KeyState key, long asOfMillis) {
    key.asOfMillis = Math.max(key.asOfMillis, asOfMillis);
    aggregator.compact(key.tiles, key.asOfMillis);
    key.nextChangeMillis = aggregator.nextChangeAfter(key.tiles, key.asOfMillis);
  }

  /** Whether no window holds an event, now and for ever. */
  boolean isEmpty(KeyState key) {
    return aggregator.isEmptyAsOf(key.tiles, key.asOfMillis);
  }

  Upsert row(byte[] entityKey, KeyState key) {
    @Nullable Object[] values = aggregator.valuesAsOf(key.tiles, key.asOfMillis);
    @Nullable Object[] row = new @Nullable Object[values.length + 1];
    row[0] = Instant.ofEpochMilli(key.tiles.newestEventMillis());
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
    byte[] tiles = aggregator.encode(key.tiles);
    return ByteBuffer.allocate(HEADER_BYTES + tiles.length)
        .put(STATE_VERSION)
        .putLong(key.asOfMillis)
        .putLong(key.nextChangeMillis)
        .put(tiles)
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are of an unknown version
   */
  KeyState unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    byte version = in.get();
    if (version != STATE_VERSION) {
      throw new IllegalArgumentException(
          "Cannot read a key's state of version "
              + version
              + ": this release reads version "
              + STATE_VERSION);
    }
    long asOf = in.getLong();
    long nextChange = in.getLong();
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    KeyTiles tiles = aggregator.decode(bytes);
    KeyState key = new KeyState(tiles, asOf);
    key.nextChangeMillis = nextChange;
    return key;
  }
}
