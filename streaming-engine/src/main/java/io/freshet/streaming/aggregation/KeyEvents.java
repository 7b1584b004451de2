package io.freshet.streaming.aggregation;

import io.freshet.event.Rejection;
import io.freshet.handover.HandOver.SeenId;
import io.freshet.streaming.source.CompleteThrough;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.KafkaRecord;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * How events enter their keys, unless they are late or copies of others. An event of a lane that is
 * not known here waits for the lane's definition, which may still be on its way; if it does not
 * come the lane has gone. A key that is born before its lane has all histories awaits its own;
 * where events can have copies, its events are held until then.
 */
final class KeyEvents {
  /** How long an event waits for its lane's definition. */
  static final long DEFINITION_WAIT_MILLIS = 5_000;

  private final TileKeys keys;
  private final StoredKeys stored;
  private final SettledLanes lanes;
  private final HeldEvents waiting;
  private final HeldEvents held;
  private final TimerService timers;
  private final @Nullable SeenIds ids;
  private final Consumer<DeadLetter> refused;
  private final Counter lateEvents;
  private final Counter duplicateEvents;
  private final Counter deadLetters;

  KeyEvents(
      TileKeys keys,
      StoredKeys stored,
      SettledLanes lanes,
      KeyedStateStore store,
      TimerService timers,
      @Nullable SeenIds ids,
      Consumer<DeadLetter> refused,
      MetricGroup metrics) {
    this.keys = keys;
    this.stored = stored;
    this.lanes = lanes;
    this.waiting = HeldEvents.forDefinition(stored, store);
    this.held = HeldEvents.forHistory(stored, store);
    this.timers = timers;
    this.ids = ids;
    this.refused = refused;
    this.lateEvents = metrics.counter("lateEvents");
    this.duplicateEvents = metrics.counter("duplicateEvents");
    this.deadLetters = metrics.counter(DeadLetter.COUNTER);
  }

  void receive(TiledView view, ViewEvent event) throws Exception {
    long through = completeThrough();
    long allowed = view.view().allowedLatenessMillis();
    if (CompleteThrough.isLate(event.timeMillis(), through, allowed)) {
      lateEvents.inc();
      deadLetters.inc();
      refused.accept(lateLetter(view, event, through));
    } else {
      holdOrEnter(view, event);
    }
  }

  /** Keeps an event until its lane's definition is here. */
  void await(ViewEvent event) throws Exception {
    waiting.add(event);
    timers.registerProcessingTimeTimer(timers.currentProcessingTime() + DEFINITION_WAIT_MILLIS);
  }

  void admitWaiting(TiledView view, ViewKey key) throws Exception {
    for (ViewEvent event : waiting.take(key)) {
      holdOrEnter(view, event);
    }
  }

  /** Lets the events enter that a key held; it does not await its history any more. */
  void admitHeld(TiledView view, ViewKey key) throws Exception {
    if (ids != null) {
      for (ViewEvent event : held.take(key)) {
        enter(view, event);
      }
    }
  }

  /** The ids of events that are in a key's history: copies of them are copies. */
  void remember(TiledView view, ViewKey key, List<SeenId> counted) throws Exception {
    if (ids != null) {
      stored.focus(key);
      for (SeenId id : counted) {
        ids.remember(id.id(), id.timeMillis(), view.view().allowedLatenessMillis(), timers);
      }
    }
  }

  /** Frees what a key of a lane that has gone has besides its tiles. */
  void forget(ViewKey key) {
    waiting.clear(key);
    held.clear(key);
    if (ids != null) {
      ids.clear();
    }
  }

  private void holdOrEnter(TiledView view, ViewEvent event) throws Exception {
    if (ids == null || lanes.isSettled(view.lane())) {
      enter(view, event);
      return;
    }
    HotKey hot = keys.find(event.key(), view);
    boolean awaiting = hot == null ? !lanes.isSettled(event.key()) : hot.state.awaiting;
    if (!awaiting) {
      enter(view, event);
      return;
    }
    if (hot == null) {
      KeyState born = view.born(event.timeMillis(), completeThrough());
      born.awaiting = true;
      keys.changed(keys.open(event.key(), born));
    }
    held.add(event);
  }

  private void enter(TiledView view, ViewEvent event) throws Exception {
    if (isDuplicate(view, event)) {
      duplicateEvents.inc();
      return;
    }
    HotKey hot = keys.find(event.key(), view);
    if (hot == null) {
      KeyState born = view.born(event.timeMillis(), completeThrough());
      born.awaiting = !lanes.isSettled(event.key());
      view.add(born, event);
      if (view.isEmpty(born)) {
        return; // Within the lateness, but older than every window: it changes nothing.
      }
      hot = keys.open(event.key(), born);
    } else {
      view.add(hot.state, event);
    }
    keys.changed(hot);
  }

  private boolean isDuplicate(TiledView view, ViewEvent event) throws Exception {
    String id = event.id();
    if (ids == null || id == null) {
      return false;
    }
    stored.focus(event.key());
    return ids.isDuplicate(id, event.timeMillis(), view.view().allowedLatenessMillis(), timers);
  }

  private long completeThrough() {
    return CompleteThrough.ofWatermark(timers.currentWatermark());
  }

  private static DeadLetter lateLetter(TiledView view, ViewEvent event, long throughMillis) {
    KafkaRecord origin = event.origin();
    if (origin == null) {
      throw new IllegalStateException("an event that was not behind the intake cannot be late");
    }
    String reason =
        "Cannot count the event: its time %s is more than %d ms behind %s, which the source is complete through; allow more lateness, or leave it to the batch archive"
            .formatted(
                Instant.ofEpochMilli(event.timeMillis()),
                view.view().allowedLatenessMillis(),
                Instant.ofEpochMilli(throughMillis));
    return new DeadLetter(origin, new Rejection(Rejection.Kind.LATE, reason), view.view().name());
  }
}
