package io.freshet.streaming.aggregation;

import io.freshet.event.Rejection;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.LiveViews;
import io.freshet.streaming.source.CompleteThrough;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.KafkaRecord;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tiles of each key of each live view in one packed value, read and written once an
 * event, and sends the key's row whenever it changes: when an event enters, and when a window
 * decays though no event came. A key without tiles has no state, but for the ids of its events
 * where the source's events can have copies: a copy is dropped.
 *
 * <p>An event of a view that is not known here waits for the view's definition, which may still be
 * on its way; if it does not come the view has gone. State of a view that has gone is freed when
 * its timer is due.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class TileAggregation
    extends KeyedBroadcastProcessFunction<ViewKey, ViewEvent, DefinitionChange, Upsert>
    implements CheckpointedFunction {
  /** How long an event waits for its view's definition. */
  static final long DEFINITION_WAIT_MILLIS = 5_000;

  private static final ValueStateDescriptor<byte[]> TILES =
      new ValueStateDescriptor<>("tiles", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<ViewEvent> WAITING =
      new ListStateDescriptor<>("waiting", ViewEvent.TYPE);

  private final CarriedPlan carried;

  private transient LiveViews<TiledView> views;
  private transient ValueState<byte[]> tiles;
  private transient ListState<ViewEvent> waiting;
  private transient @Nullable SeenIds ids;
  private transient Counter lateEvents;
  private transient Counter duplicateEvents;
  private transient Counter deadLetters;
  private transient Counter keysOpened;
  private transient Counter keysFreed;

  TileAggregation(CarriedPlan carried) {
    this.carried = carried;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    StreamingJobPlan job = carried.unpack();
    views = LiveViews.open(context, job, (plan, source) -> new TiledView(plan));
    tiles = context.getKeyedStateStore().getState(TILES);
    waiting = context.getKeyedStateStore().getListState(WAITING);
    ids = SeenIds.open(context.getKeyedStateStore(), job.source());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {}

  @Override
  public void open(OpenContext context) {
    lateEvents = getRuntimeContext().getMetricGroup().counter("lateEvents");
    duplicateEvents = getRuntimeContext().getMetricGroup().counter("duplicateEvents");
    deadLetters = getRuntimeContext().getMetricGroup().counter(DeadLetter.COUNTER);
    keysOpened = getRuntimeContext().getMetricGroup().counter("keysOpened");
    keysFreed = getRuntimeContext().getMetricGroup().counter("keysFreed");
  }

  @Override
  public void processBroadcastElement(
      DefinitionChange change, Context context, Collector<Upsert> rows) throws Exception {
    TiledView gone = change.plan() == null ? views.find(change.view()) : null;
    views.apply(change);
    if (gone != null && gone.view().coversLifetime()) {
      freeAll(gone, context);
    }
  }

  @Override
  public void processElement(ViewEvent event, ReadOnlyContext context, Collector<Upsert> rows)
      throws Exception {
    TimerService timers = context.timerService();
    TiledView view = views.find(event.key().view());
    if (view == null) {
      waiting.add(event);
      timers.registerProcessingTimeTimer(timers.currentProcessingTime() + DEFINITION_WAIT_MILLIS);
    } else if (isLate(view, event, timers)) {
      lateEvents.inc();
      deadLetters.inc();
      context.output(DeadLetter.OUTPUT, lateLetter(view, event, timers));
    } else {
      enter(view, event, context, rows);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Upsert> rows)
      throws Exception {
    TiledView view = views.find(context.getCurrentKey().view());
    if (view == null) {
      free();
      waiting.clear();
      if (ids != null) {
        ids.clear();
      }
    } else if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      admitWaiting(view, context, rows);
    } else {
      due(view, CompleteThrough.ofWatermark(timestamp), context, rows);
    }
  }

  /** A timer may be due for the ids, for the tiles, or for both. */
  private void due(
      TiledView view, long throughMillis, OnTimerContext context, Collector<Upsert> rows)
      throws Exception {
    if (ids != null) {
      ids.clean(throughMillis, view.view().allowedLatenessMillis(), context.timerService());
    }
    decay(view, throughMillis, context, rows);
  }

  private void admitWaiting(TiledView view, ReadOnlyContext context, Collector<Upsert> rows)
      throws Exception {
    for (ViewEvent event : waiting.get()) {
      enter(view, event, context, rows);
    }
    waiting.clear();
  }

  private void enter(
      TiledView view, ViewEvent event, ReadOnlyContext context, Collector<Upsert> rows)
      throws Exception {
    TimerService timers = context.timerService();
    if (isDuplicate(view, event, timers)) {
      duplicateEvents.inc();
      return;
    }
    byte[] packed = tiles.value();
    KeyState key =
        packed == null
            ? view.born(event.timeMillis(), completeThrough(timers))
            : view.unpack(packed);
    long scheduled = key.nextChangeMillis;
    view.add(key, event);
    if (view.isEmpty(key)) {
      return; // Within the lateness, but older than every window: it changes nothing.
    }
    if (packed == null) {
      keysOpened.inc();
    }
    send(view, view.row(event.key().entity(), key), context, rows);
    keep(view, key, scheduled, timers);
  }

  private void decay(
      TiledView view, long asOfMillis, OnTimerContext context, Collector<Upsert> rows)
      throws Exception {
    byte[] packed = tiles.value();
    if (packed == null) {
      return;
    }
    KeyState key = view.unpack(packed);
    if (key.nextChangeMillis > asOfMillis) {
      return;
    }
    view.decay(key, asOfMillis);
    send(view, view.row(context.getCurrentKey().entity(), key), context, rows);
    if (view.isEmpty(key)) {
      free();
    } else {
      keep(view, key, KeyState.NEVER, context.timerService());
    }
  }

  private static void send(
      TiledView view, Upsert row, ReadOnlyContext context, Collector<Upsert> rows) {
    rows.collect(row);
    if (!view.view().featureLogs().isEmpty()) {
      context.output(ViewRows.LOGGED, row);
    }
  }

  /** Stores the state, with one timer for its next change. */
  private void keep(TiledView view, KeyState key, long scheduled, TimerService timers)
      throws Exception {
    if (key.nextChangeMillis != scheduled) {
      if (scheduled != KeyState.NEVER && (ids == null || !ids.needTimerAt(scheduled))) {
        timers.deleteEventTimeTimer(CompleteThrough.toWatermark(scheduled));
      }
      if (key.nextChangeMillis != KeyState.NEVER) {
        timers.registerEventTimeTimer(CompleteThrough.toWatermark(key.nextChangeMillis));
      }
    }
    tiles.update(view.pack(key));
  }

  /** Frees what no timer will: the keys of a view with features over all events. */
  private void freeAll(TiledView view, Context context) throws Exception {
    context.applyToKeyedState(
        TILES,
        (key, state) -> {
          if (key.view() == view.number()) {
            state.clear();
            keysFreed.inc();
          }
        });
  }

  private void free() throws Exception {
    if (tiles.value() != null) {
      tiles.clear();
      keysFreed.inc();
    }
  }

  private boolean isDuplicate(TiledView view, ViewEvent event, TimerService timers)
      throws Exception {
    String id = event.id();
    return ids != null
        && id != null
        && ids.isDuplicate(id, event.timeMillis(), view.view().allowedLatenessMillis(), timers);
  }

  private static boolean isLate(TiledView view, ViewEvent event, TimerService timers) {
    return CompleteThrough.isLate(
        event.timeMillis(), completeThrough(timers), view.view().allowedLatenessMillis());
  }

  private static DeadLetter lateLetter(TiledView view, ViewEvent event, TimerService timers) {
    KafkaRecord origin = event.origin();
    if (origin == null) {
      throw new IllegalStateException("an event that was not behind the intake cannot be late");
    }
    String reason =
        "Cannot count the event: its time %s is more than %d ms behind %s, which the source is complete through; allow more lateness, or leave it to the batch archive"
            .formatted(
                Instant.ofEpochMilli(event.timeMillis()),
                view.view().allowedLatenessMillis(),
                Instant.ofEpochMilli(completeThrough(timers)));
    return new DeadLetter(origin, new Rejection(Rejection.Kind.LATE, reason), view.view().name());
  }

  private static long completeThrough(TimerService timers) {
    return CompleteThrough.ofWatermark(timers.currentWatermark());
  }
}
