package io.freshet.aggregate;

import io.freshet.plan.Aggregation;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the k first values by an order: by time for the earliest and the latest, by value for the
 * greatest and the least, where the time of every entry is 0. One object.
 */
record SelectionAccumulator(ObjectSlot<Selection> slot, int k, By by, Selection.Order order)
    implements Accumulator {
  /** What the order goes by before it goes by value. */
  enum By {
    TIME,
    VALUE
  }

  static SelectionAccumulator of(Aggregation aggregation, int k, ValueType type, int object) {
    By by =
        aggregation == Aggregation.FIRST_K || aggregation == Aggregation.LAST_K
            ? By.TIME
            : By.VALUE;
    int sign = aggregation == Aggregation.FIRST_K || aggregation == Aggregation.BOTTOM_K ? 1 : -1;
    return new SelectionAccumulator(
        new ObjectSlot<>(object, Selection.class, new Selection.Form(type)),
        k,
        by,
        new Selection.Order(new ValueOrder(type), sign));
  }

  @Override
  public int words() {
    return 0;
  }

  @Override
  public List<ObjectForm> objects() {
    return List.of(slot.form());
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    Selection kept = kept(tiles, tile);
    long time = by == By.TIME ? timeMillis : 0;
    slot.write(tiles, tile, kept.with(time, input, k, order));
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    for (int i = first; i < end; i++) {
      Selection others = slot.read(from, i);
      if (others != null) {
        slot.write(into, tile, kept(into, tile).with(others, k, order));
      }
    }
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    Selection kept = slot.read(tiles, tile);
    return kept == null ? null : kept.list();
  }

  private Selection kept(KeyTiles tiles, int tile) {
    Selection kept = slot.read(tiles, tile);
    return kept == null ? Selection.NONE : kept;
  }
}
