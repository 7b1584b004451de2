package io.freshet.streaming.aggregation;

import io.freshet.event.DuplicateRule;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.streaming.source.CompleteThrough;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * The event ids that a key of a view has seen, with their event times, in state of their own: they
 * may outlive the key's tiles. An id goes once no event that could still count is near its times.
 * One timer a key, at the end of a bucket of time, sees to that; it may fall on the time of another
 * timer of the key, which whoever deletes timers must ask for.
 */
final class SeenIds {
  static final String STATE = "seen-ids";

  private static final MapStateDescriptor<String, long[]> TIMES =
      new MapStateDescriptor<>(
          STATE,
          BasicTypeInfo.STRING_TYPE_INFO,
          PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ValueStateDescriptor<Long> CLEANING =
      new ValueStateDescriptor<>("seen-ids-cleaning", BasicTypeInfo.LONG_TYPE_INFO);
  private static final int BUCKETS = 4;
  private static final long SHORTEST_BUCKET_MILLIS = 1_000;

  private final DuplicateRule rule;
  private final long withinMillis;
  private final MapState<String, long[]> times;
  private final ValueState<Long> cleaning;

  private SeenIds(Deduplication declared, KeyedStateStore store) {
    this.rule = new DuplicateRule(declared);
    this.withinMillis = declared.withinMillis();
    this.times = store.getMapState(TIMES);
    this.cleaning = store.getState(CLEANING);
  }

  /** Null for a source whose events have no copies: it costs nothing. */
  static @Nullable SeenIds open(KeyedStateStore store, SourcePlan source) {
    Deduplication declared = source.deduplication();
    return declared == null ? null : new SeenIds(declared, store);
  }

  /**
   * Judges an event and remembers it.
   *
   * @param latenessMillis how far behind the watermark an event still counts
   */
  boolean isDuplicate(String id, long timeMillis, long latenessMillis, TimerService timers)
      throws Exception {
    return rule.isDuplicate(remember(id, timeMillis, latenessMillis, timers), timeMillis);
  }

  /**
   * Remembers an event.
   *
   * @return what was remembered of its id before
   */
  long[] remember(String id, long timeMillis, long latenessMillis, TimerService timers)
      throws Exception {
    long[] stored = times.get(id);
    long[] seen = stored == null ? DuplicateRule.UNSEEN : stored;
    long[] remembered = rule.remember(seen, timeMillis);
    if (remembered != seen) {
      times.put(id, remembered);
      if (cleaning.value() == null) {
        schedule(timeMillis, latenessMillis, timers);
      }
    }
    return seen;
  }

  /** Removes what no event can be near any more, if that is due. */
  void clean(long completeThroughMillis, long latenessMillis, TimerService timers)
      throws Exception {
    Long due = cleaning.value();
    if (due == null || due > completeThroughMillis) {
      return;
    }
    cleaning.clear();
    long oldest = Long.MAX_VALUE;
    Iterator<Map.Entry<String, long[]>> ids = times.iterator();
    while (ids.hasNext()) {
      Map.Entry<String, long[]> id = ids.next();
      long[] kept = rule.forget(id.getValue(), completeThroughMillis - latenessMillis);
      if (kept.length == 0) {
        ids.remove();
      } else {
        oldest = Math.min(oldest, kept[0]);
        if (kept != id.getValue()) {
          id.setValue(kept);
        }
      }
    }
    if (oldest == Long.MAX_VALUE) {
      times.clear(); // Also the empty map, which a heap keeps.
    } else {
      schedule(oldest, latenessMillis, timers);
    }
  }

  /** Whether the timer at a time is also needed here. */
  boolean needTimerAt(long completeThroughMillis) throws Exception {
    Long due = cleaning.value();
    return due != null && due == completeThroughMillis;
  }

  void clear() {
    times.clear();
    cleaning.clear();
  }

  private void schedule(long oldestMillis, long latenessMillis, TimerService timers)
      throws Exception {
    long horizon = withinMillis + latenessMillis;
    long bucket = Math.max(SHORTEST_BUCKET_MILLIS, horizon / BUCKETS);
    long due = (Math.floorDiv(oldestMillis + horizon, bucket) + 1) * bucket;
    timers.registerEventTimeTimer(CompleteThrough.toWatermark(due));
    cleaning.update(due);
  }
}
