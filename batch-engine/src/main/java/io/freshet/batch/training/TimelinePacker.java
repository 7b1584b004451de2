package io.freshet.batch.training;

import io.freshet.batch.training.TimelineEntry.Kind;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a timeline in one task. Of keys whose time is split it also keeps the tiles of
 * what it has seen, and hands them to the ranges after: a range does not need the events before it.
 */
final class TimelinePacker {
  private final SplitKeys splits;
  private final long lastMillis;
  private final TimelineOrder order;
  private final Map<EarlierTiles.Range, EarlierTiles> earlier = new HashMap<>();

  TimelinePacker(AskedSource asked, SplitKeys splits) {
    this.splits = splits;
    this.lastMillis = asked.lastMillis();
    this.order = TimelineOrder.of(asked);
  }

  /**
   * Makes a row of an event that some label can see. In ranges that no label is in only the tiles
   * are kept.
   *
   * @param inputs what each view of the group takes of it, packed; null where it takes nothing
   */
  void event(
      GroupKernel group,
      byte[] key,
      long timeMillis,
      long arrivalMillis,
      byte[] @Nullable [] inputs,
      Consumer<Row> out) {
    long visible = group.rule().visibleFrom(timeMillis, arrivalMillis);
    if (visible > lastMillis) {
      return;
    }
    long slot = Slots.of(group.index(), key);
    long[] starts = splits.starts(slot);
    int range = SplitKeys.range(starts, visible);
    byte[] entry = TimelineEntry.event(group.index(), range, key, timeMillis, inputs);
    if (starts.length == 0 || visible >= order.firstMillis()) {
      long place = Slots.of(slot, range);
      out.accept(TimelineSchema.row(place, order.of(place, Kind.EVENT, visible), entry));
    }
    if (range < starts.length) {
      earlier
          .computeIfAbsent(
              new EarlierTiles.Range(group.index(), ByteBuffer.wrap(key), range),
              of -> new EarlierTiles(group, slot, of, starts, order))
          .add(TimelineEntry.of(entry).content());
    }
  }

  /**
   * @param label its number
   */
  void label(int group, byte[] key, long timeMillis, long label, Consumer<Row> out) {
    long slot = Slots.of(group, key);
    int range = SplitKeys.range(splits.starts(slot), timeMillis);
    long place = Slots.of(slot, range);
    out.accept(
        TimelineSchema.row(
            place,
            order.of(place, Kind.LABEL, timeMillis),
            TimelineEntry.label(group, range, key, label)));
  }

  /** What is left to say when all events were taken. */
  void end(Consumer<Row> out) {
    earlier.values().forEach(tiles -> tiles.handOn(out));
    earlier.clear();
  }
}
