package io.freshet.streaming.aggregation;

import io.freshet.streaming.definition.LiveViews;
import io.freshet.streaming.source.CompleteThrough;
import io.freshet.streaming.source.ViewKey;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/** What the passing of time does to keys, and what becomes of those whose lane has gone. */
final class KeyTimers {
  private final LiveViews<TiledView> views;
  private final TileKeys keys;
  private final StoredKeys stored;
  private final KeyEvents events;
  private final HandOvers handOvers;
  private final TimerService timers;
  private final @Nullable SeenIds ids;
  private final KeyCounters counters;

  KeyTimers(
      LiveViews<TiledView> views,
      TileKeys keys,
      StoredKeys stored,
      KeyEvents events,
      HandOvers handOvers,
      TimerService timers,
      @Nullable SeenIds ids,
      KeyCounters counters) {
    this.views = views;
    this.keys = keys;
    this.stored = stored;
    this.events = events;
    this.handOvers = handOvers;
    this.timers = timers;
    this.ids = ids;
    this.counters = counters;
  }

  /** Event time has come to where a window of the key decays, or ids of it can go. */
  void due(ViewKey key, long asOfMillis) throws Exception {
    TiledView view = views.find(key.lane());
    if (view == null) {
      free(key);
      return;
    }
    if (ids != null) {
      ids.clean(asOfMillis, view.view().allowedLatenessMillis(), timers);
    }
    HotKey hot = keys.find(key, view);
    if (hot != null) {
      keys.fired(hot, asOfMillis);
      if (view.decay(hot.state, CompleteThrough.ofWatermark(timers.currentWatermark()))) {
        keys.changed(hot);
      }
    }
  }

  /** What waits for the lane's definition has waited long enough. */
  void waited(ViewKey key) throws Exception {
    TiledView view = views.find(key.lane());
    if (view == null) {
      free(key);
    } else {
      handOvers.admitWaiting(view, key);
      events.admitWaiting(view, key);
    }
  }

  /** Frees the keys of a lane that has gone now, not when a timer is due. */
  void freeAll(int lane) throws Exception {
    for (ViewKey key : stored.ofLane(lane)) {
      free(key);
    }
  }

  private void free(ViewKey key) throws Exception {
    if (stored.clear(key)) {
      counters.freed().inc();
    }
    events.forget(key);
    handOvers.forget(key);
  }
}
