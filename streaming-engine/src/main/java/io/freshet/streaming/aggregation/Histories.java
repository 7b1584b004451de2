package io.freshet.streaming.aggregation;

import io.freshet.aggregate.KeyTiles;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.streaming.source.CompleteThrough;
import io.freshet.streaming.source.ViewKey;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the keys of a lane get the history before its cut. A history enters a key once: a run that is
 * repeated sends the same again. When all have been sent, the keys that still await one have none.
 */
final class Histories {
  private static final Logger LOG = LoggerFactory.getLogger(Histories.class);

  private final TileKeys keys;
  private final StoredKeys stored;
  private final KeyEvents events;
  private final SettledLanes lanes;
  private final TimerService timers;
  private final Counter merged;
  private final Counter unusable;
  private final Set<Integer> spoiled = new HashSet<>();

  Histories(
      TileKeys keys,
      StoredKeys stored,
      KeyEvents events,
      SettledLanes lanes,
      TimerService timers,
      MetricGroup metrics) {
    this.keys = keys;
    this.stored = stored;
    this.events = events;
    this.lanes = lanes;
    this.timers = timers;
    this.merged = metrics.counter("historiesMerged");
    this.unusable = metrics.counter("historiesUnusable");
  }

  /** Takes the history of a key in, unless the key has it. */
  void receive(TiledView view, KeyHistory history) throws Exception {
    ViewKey key = new ViewKey(history.lane(), history.entity());
    if (lanes.isSettled(key)) {
      return;
    }
    HotKey hot = keys.find(key, view);
    if (hot != null && !hot.state.awaiting) {
      return;
    }
    KeyTiles tiles;
    try {
      tiles = view.decode(history.tiles());
    } catch (IllegalArgumentException e) {
      spoil(history, e);
      return;
    }
    enter(view, hot == null ? keys.open(key, view.unborn()) : hot, tiles, history);
  }

  /** The histories of all keys of a key group have been sent. */
  void settle(TiledView view, int keyGroup) throws Exception {
    if (spoiled.contains(view.lane())) {
      return;
    }
    if (lanes.settle(view.lane(), keyGroup)) {
      keys.cool(view.lane());
      for (ViewKey key : stored.ofLane(view.lane())) {
        release(view, key);
        keys.trim();
      }
    }
  }

  /** Forgets a lane that has gone. */
  void end(int lane) {
    spoiled.remove(lane);
  }

  private void enter(TiledView view, HotKey hot, KeyTiles tiles, KeyHistory history)
      throws Exception {
    view.merge(hot.state, tiles);
    events.remember(view, hot.key, history.ids());
    merged.inc();
    show(view, hot);
  }

  private void release(TiledView view, ViewKey key) throws Exception {
    byte[] packed = stored.find(key);
    if (packed != null && KeyStateCodec.awaits(packed)) {
      HotKey hot = keys.find(key, view);
      if (hot != null) {
        hot.state.awaiting = false;
        show(view, hot);
      }
    }
  }

  /** All that the key has to have is there. */
  private void show(TiledView view, HotKey hot) throws Exception {
    events.admitHeld(view, hot.key);
    view.decay(hot.state, CompleteThrough.ofWatermark(timers.currentWatermark()));
    keys.changed(hot);
  }

  /** Without one of its histories a lane must not settle. */
  private void spoil(KeyHistory history, RuntimeException cause) {
    unusable.inc();
    if (spoiled.add(history.lane())) {
      LOG.error(
          "Cannot use a history of lane {}, which stays behind: start a new lane of its view",
          history.lane(),
          cause);
    }
  }
}
