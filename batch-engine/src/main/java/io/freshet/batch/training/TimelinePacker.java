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
  private final Map<EarlierTiles.Range, EarlierTiles> earlier = new HashMap<>();

  /**
   * @param lastMillis the time of the last label: what is seen later is left out
   */
  TimelinePacker(SplitKeys splits, long lastMillis) {
    this.splits = splits;
    this.lastMillis = lastMillis;
  }

  /**
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
    out.accept(
        TimelineSchema.row(
            Slots.of(slot, range), TimelineSchema.order(Kind.EVENT, visible), entry));
    if (range < starts.length) {
      earlier
          .computeIfAbsent(
              new EarlierTiles.Range(group.index(), ByteBuffer.wrap(key), range),
              of -> new EarlierTiles(group, slot, of, starts))
          .add(TimelineEntry.of(entry).content());
    }
  }

  /**
   * @param label its number
   */
  void label(int group, byte[] key, long timeMillis, long label, Consumer<Row> out) {
    long slot = Slots.of(group, key);
    int range = SplitKeys.range(splits.starts(slot), timeMillis);
    out.accept(
        TimelineSchema.row(
            Slots.of(slot, range),
            TimelineSchema.order(Kind.LABEL, timeMillis),
            TimelineEntry.label(group, range, key, label)));
  }

  /** What is left to say when all events were taken. */
  void end(Consumer<Row> out) {
    earlier.values().forEach(tiles -> tiles.handOn(out));
    earlier.clear();
  }
}
