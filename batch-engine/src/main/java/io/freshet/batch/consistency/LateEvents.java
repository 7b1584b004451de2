package io.freshet.batch.consistency;

import io.freshet.aggregate.KeyTiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of a key that may have been too late for the stream, and the tiles of the others. When
 * the stream took an event is not known, so that it can only be tried: first without all of them,
 * then with one more each time, the least late first. Of very many only the latest are tried.
 */
final class LateEvents {
  private static final int MOST = 100;

  private final ViewCheck check;
  private final @Nullable Long lateAfterMillis;
  private final KeyTiles onTime;
  private final PriorityQueue<Late> leastLateFirst =
      new PriorityQueue<>(Comparator.comparingLong(Late::byMillis));

  /** An event that came so long after its time. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Late(long timeMillis, @Nullable Object[] inputs, long byMillis) {}

  LateEvents(ViewCheck check) {
    this.check = check;
    this.lateAfterMillis = check.view().lateAfterMillis();
    this.onTime = check.aggregator().empty();
  }

  /**
   * @param arrivedAt null if it is not known
   */
  void add(long timeMillis, @Nullable Object[] inputs, @Nullable Instant arrivedAt) {
    long by = arrivedAt == null ? 0 : arrivedAt.toEpochMilli() - timeMillis;
    if (lateAfterMillis == null || by <= lateAfterMillis) {
      check.aggregator().add(onTime, timeMillis, inputs);
      return;
    }
    leastLateFirst.add(new Late(timeMillis, inputs, by));
    if (leastLateFirst.size() > MOST) {
      enter(leastLateFirst.remove());
    }
  }

  boolean any() {
    return !leastLateFirst.isEmpty();
  }

  /** The tiles of those that were not late. */
  KeyTiles onTime() {
    return onTime;
  }

  /**
   * Whether the key is right without some of the late events. Only to be asked once.
   *
   * @param isRight of the tiles of the events that are left
   */
  boolean explain(Predicate<KeyTiles> isRight) {
    List<Late> tried = new ArrayList<>(leastLateFirst);
    tried.sort(Comparator.comparingLong(Late::byMillis));
    for (Late next : tried) {
      if (isRight.test(onTime)) {
        return true;
      }
      enter(next);
    }
    return false;
  }

  private void enter(Late event) {
    check.aggregator().add(onTime, event.timeMillis(), event.inputs());
  }
}
