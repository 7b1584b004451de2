package io.freshet.streaming.aggregation;

import io.freshet.store.Upsert;
import io.freshet.streaming.definition.LiveViews;
import io.freshet.streaming.source.CompleteThrough;
import io.freshet.streaming.source.ViewKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a subtask. Those in use are decoded on the heap, where events enter them; a key goes
 * to the state backend when it makes room for another and before a checkpoint. Rows are sent and
 * timers moved when keys are settled: at {@link #settle}, and before a key leaves the heap.
 */
final class TileKeys {
  private final HotKeys hotKeys;
  private final StoredKeys stored;
  private final TimerService timers;
  private final LiveViews<TiledView> views;
  private final @Nullable SeenIds ids;
  private final BiConsumer<TiledView, Upsert> rows;
  private final KeyCounters counters;
  private final List<HotKey> unsettled = new ArrayList<>();

  TileKeys(
      HotKeys hotKeys,
      StoredKeys stored,
      TimerService timers,
      LiveViews<TiledView> views,
      @Nullable SeenIds ids,
      BiConsumer<TiledView, Upsert> rows,
      KeyCounters counters) {
    this.hotKeys = hotKeys;
    this.stored = stored;
    this.timers = timers;
    this.views = views;
    this.ids = ids;
    this.rows = rows;
    this.counters = counters;
  }

  /** The key if it has state, decoded. */
  @Nullable HotKey find(ViewKey key, TiledView view) throws Exception {
    HotKey hot = hotKeys.find(key);
    return hot == null ? load(key, view) : hot;
  }

  /** Gives a key that has none a state. */
  HotKey open(ViewKey key, KeyState state) {
    HotKey hot = new HotKey(key, state);
    hotKeys.add(hot);
    counters.opened().inc();
    return hot;
  }

  /** The state of a key has changed. */
  void changed(HotKey hot) {
    hot.unwritten = true;
    if (!hot.unsettled) {
      hot.unsettled = true;
      unsettled.add(hot);
    }
  }

  /** A timer was due, at an as-of time. */
  void fired(HotKey hot, long asOfMillis) throws Exception {
    if (hot.timerMillis <= asOfMillis) {
      hot.timerMillis = KeyState.NEVER;
    }
    moveTimer(hot);
  }

  /** Sends the rows of all keys that changed. */
  void settle() throws Exception {
    for (HotKey hot : unsettled) {
      if (hot.unsettled) {
        settle(hot);
      }
    }
    unsettled.clear();
  }

  /** Writes all keys; they must be settled. */
  void write() throws Exception {
    for (HotKey hot : hotKeys.all()) {
      write(hot);
    }
  }

  /** Lets keys leave the heap until the others are within the bounds. */
  void trim() throws Exception {
    for (HotKey hot = hotKeys.surplus(); hot != null; hot = hotKeys.surplus()) {
      cool(hot);
    }
  }

  /** Lets all keys leave the heap. */
  void coolAll() throws Exception {
    settle();
    for (HotKey hot : List.copyOf(hotKeys.all())) {
      cool(hot);
    }
  }

  /** Lets the keys of a lane leave the heap. */
  void cool(int lane) throws Exception {
    for (HotKey hot : hotKeys.ofLane(lane)) {
      cool(hot);
    }
  }

  /** Forgets what is on the heap of a lane that has gone; what is stored stays. */
  void drop(int lane) {
    for (HotKey hot : hotKeys.ofLane(lane)) {
      hot.unsettled = false;
      hotKeys.remove(hot);
      if (!hot.stored) {
        counters.freed().inc();
      }
    }
  }

  private @Nullable HotKey load(ViewKey key, TiledView view) throws Exception {
    byte[] packed = stored.find(key);
    if (packed == null) {
      return null;
    }
    HotKey hot = new HotKey(key, view.unpack(packed));
    hot.stored = true;
    hot.timerMillis = hot.state.nextChangeMillis;
    hot.bytes = view.decodedBytes(hot.state);
    hotKeys.add(hot);
    return hot;
  }

  private void cool(HotKey hot) throws Exception {
    if (hot.unsettled) {
      settle(hot);
    }
    write(hot);
    hotKeys.remove(hot);
  }

  private void settle(HotKey hot) throws Exception {
    TiledView view = viewOf(hot);
    hot.unsettled = false;
    view.tidy(hot.state);
    if (hot.state.awaiting) {
      moveTimer(hot);
    } else {
      rows.accept(view, view.row(hot.key.entity(), hot.state));
      if (view.isEmpty(hot.state)) {
        free(hot);
        return;
      }
      moveTimer(hot);
    }
    hotKeys.weigh(hot, view.decodedBytes(hot.state));
  }

  private void write(HotKey hot) throws Exception {
    if (hot.unwritten) {
      stored.write(hot.key, viewOf(hot).pack(hot.state));
      hot.unwritten = false;
      hot.stored = true;
    }
  }

  private void free(HotKey hot) throws Exception {
    hot.unwritten = false;
    hot.state.nextChangeMillis = KeyState.NEVER;
    moveTimer(hot);
    hotKeys.remove(hot);
    if (hot.stored) {
      stored.clear(hot.key);
    }
    counters.freed().inc();
  }

  /** A key has one timer for its tiles, at its next change. */
  private void moveTimer(HotKey hot) throws Exception {
    long due = hot.state.nextChangeMillis;
    if (due == hot.timerMillis) {
      return;
    }
    stored.focus(hot.key);
    if (hot.timerMillis != KeyState.NEVER && (ids == null || !ids.needTimerAt(hot.timerMillis))) {
      timers.deleteEventTimeTimer(CompleteThrough.toWatermark(hot.timerMillis));
    }
    if (due != KeyState.NEVER) {
      timers.registerEventTimeTimer(CompleteThrough.toWatermark(due));
    }
    hot.timerMillis = due;
  }

  private TiledView viewOf(HotKey hot) {
    TiledView view = views.find(hot.key.lane());
    if (view == null) {
      throw new IllegalStateException("lane " + hot.key.lane() + " has gone, its keys have not");
    }
    return view;
  }
}
