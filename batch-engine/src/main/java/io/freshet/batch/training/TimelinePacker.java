package io.freshet.batch.training;

import io.freshet.batch.training.TimelineEntry.Kind;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * Makes the rows of a timeline in one task. Of keys whose time is split it also keeps the tiles of
 * what it has seen, and hands them to the ranges after: a range does not need the events before it.
 */
final class TimelinePacker {
  private final SplitKeys splits;
  private final long lastMillis;
  private final Map<EarlierTiles.Range, EarlierTiles> earlier = new HashMap<>();

  /**
   * @param lastMillis the time of the last label: what is seen later is left out
   */
  TimelinePacker(SplitKeys splits, long lastMillis) {
    this.splits = splits;
    this.lastMillis = lastMillis;
  }

  /**
   * @param inputs as the view packs them
   */
  void event(
      AskedKernel view,
      byte[] key,
      long timeMillis,
      long arrivalMillis,
      byte[] inputs,
      Consumer<Row> out) {
    long visible = view.rule().visibleFrom(timeMillis, arrivalMillis);
    if (visible > lastMillis) {
      return;
    }
    long slot = Slots.of(view.index(), key);
    long[] starts = splits.starts(slot);
    int range = SplitKeys.range(starts, visible);
    out.accept(
        TimelineSchema.row(
            Slots.of(slot, range),
            TimelineSchema.order(Kind.EVENT, visible),
            TimelineEntry.event(view.index(), range, key, timeMillis, inputs)));
    if (range < starts.length) {
      earlier
          .computeIfAbsent(
              new EarlierTiles.Range(view.index(), ByteBuffer.wrap(key), range),
              of -> new EarlierTiles(view, slot, of, starts))
          .add(timeMillis, ByteBuffer.wrap(inputs));
    }
  }

  /**
   * @param label its number
   */
  void label(int view, byte[] key, long timeMillis, long label, Consumer<Row> out) {
    long slot = Slots.of(view, key);
    int range = SplitKeys.range(splits.starts(slot), timeMillis);
    out.accept(
        TimelineSchema.row(
            Slots.of(slot, range),
            TimelineSchema.order(Kind.LABEL, timeMillis),
            TimelineEntry.label(view, range, key, label)));
  }

  /** What is left to say when all events were taken. */
  void end(Consumer<Row> out) {
    earlier.values().forEach(tiles -> tiles.handOn(out));
    earlier.clear();
  }
}
