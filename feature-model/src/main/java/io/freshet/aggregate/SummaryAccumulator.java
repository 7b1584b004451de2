package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a summary of the values: one object. */
record SummaryAccumulator<T>(ObjectSlot<T> slot, Summary<T> summary) implements Accumulator {
  static <T> SummaryAccumulator<T> of(Summary<T> summary, int object) {
    return new SummaryAccumulator<>(new ObjectSlot<>(object, summary.type(), summary), summary);
  }

  @Override
  public int words() {
    return 0;
  }

  @Override
  public List<ObjectForm> objects() {
    return List.of(summary);
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    summary.add(kept(tiles, tile), input);
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    for (int i = first; i < end; i++) {
      byte[] unread = slot.unread(from, i);
      if (unread != null) {
        summary.merge(kept(into, tile), unread);
      } else {
        T others = slot.read(from, i);
        if (others != null) {
          summary.merge(kept(into, tile), others);
        }
      }
    }
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    T kept = slot.read(tiles, tile);
    return kept == null ? null : summary.result(feature, kept);
  }

  private T kept(KeyTiles tiles, int tile) {
    T kept = slot.read(tiles, tile);
    if (kept == null) {
      kept = summary.empty();
      slot.write(tiles, tile, kept);
    }
    return kept;
  }
}
