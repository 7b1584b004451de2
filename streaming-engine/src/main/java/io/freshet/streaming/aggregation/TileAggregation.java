package io.freshet.streaming.aggregation;

import io.freshet.handover.Acknowledgement.Settled;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.acknowledgement.AcknowledgementTopicFactory;
import io.freshet.streaming.acknowledgement.Acknowledgements;
import io.freshet.streaming.aggregation.ControlItem.Definition;
import io.freshet.streaming.aggregation.ControlItem.HandedOver;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.LiveViews;
import io.freshet.streaming.source.CompleteThrough;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.SimpleTimerService;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the tiles of each key of each live lane, and sends the key's row when it has changed:
 * because events entered, because a window decayed though no event came, or because its history was
 * handed over. A key without tiles has no state, but for the ids of its events where the source's
 * events can have copies.
 *
 * <p>Rows are sent at the turns of the flush interval, before a checkpoint, and before a watermark
 * that would pass them: whoever sees the watermark has seen the rows.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class TileAggregation extends AbstractStreamOperator<Upsert>
    implements TwoInputStreamOperator<ViewEvent, ControlItem, Upsert>,
        Triggerable<ViewKey, VoidNamespace> {
  private static final long serialVersionUID = 1L;
  private static final String TIMERS = "timers";

  private final CarriedPlan carried;
  private final AcknowledgementTopicFactory acknowledgementTopic;
  private final HotKeys.Bounds bounds;

  private transient StreamingJobPlan job;
  private transient LiveViews<TiledView> views;
  private transient SettledLanes lanes;
  private transient TileKeys keys;
  private transient KeyEvents events;
  private transient HandOvers handOvers;
  private transient KeyTimers keyTimers;
  private transient Acknowledgements acknowledgements;
  private transient ScheduledFuture<?> turns;

  TileAggregation(
      CarriedPlan carried,
      AcknowledgementTopicFactory acknowledgementTopic,
      HotKeys.Bounds bounds) {
    this.carried = carried;
    this.acknowledgementTopic = acknowledgementTopic;
    this.bounds = bounds;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    job = carried.unpack();
    views = LiveViews.open(context, job, (plan, source) -> new TiledView(plan));
    lanes = SettledLanes.open(context, job, getRuntimeContext().getTaskInfo());
    openKeys(context);
  }

  private void openKeys(StateInitializationContext context) throws Exception {
    MetricGroup metrics = getMetricGroup();
    KeyedStateStore store = context.getKeyedStateStore();
    TimerService timers =
        new SimpleTimerService(
            getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this));
    StoredKeys stored = new StoredKeys(getKeyedStateBackend(), store, this::setCurrentKey);
    SeenIds ids = SeenIds.open(store, job.source());
    KeyCounters counters = KeyCounters.of(metrics);
    keys = new TileKeys(new HotKeys(bounds), stored, timers, views, ids, this::send, counters);
    events = new KeyEvents(keys, stored, lanes, store, timers, ids, this::refuse, metrics);
    handOvers =
        new HandOvers(
            new Histories(keys, stored, events, lanes, timers, metrics),
            WaitingHandOvers.open(context, stored, timers),
            views,
            metrics);
    keyTimers = new KeyTimers(views, keys, stored, events, handOvers, timers, ids, counters);
  }

  @Override
  public void open() throws Exception {
    super.open();
    acknowledgements = new Acknowledgements(acknowledgementTopic.open(job));
    turns =
        getProcessingTimeService()
            .scheduleWithFixedDelay(
                now -> turn(), job.flushIntervalMillis(), job.flushIntervalMillis());
  }

  /** An event of a key that is hot needs no keyed state: the key is set where some is needed. */
  @Override
  @SuppressWarnings("rawtypes") // As Flink declares it.
  public void setKeyContextElement1(StreamRecord element) {}

  @Override
  public void processElement1(StreamRecord<ViewEvent> element) throws Exception {
    ViewEvent event = element.getValue();
    TiledView view = views.find(event.key().lane());
    if (view == null) {
      events.await(event);
    } else {
      events.receive(view, event);
      keys.trim();
    }
  }

  @Override
  public void processElement2(StreamRecord<ControlItem> element) throws Exception {
    if (element.getValue() instanceof Definition definition) {
      define(definition.change());
    } else if (element.getValue() instanceof HandedOver handedOver) {
      handOvers.receive(handedOver);
      keys.trim();
    }
  }

  @Override
  public void onEventTime(InternalTimer<ViewKey, VoidNamespace> timer) throws Exception {
    keyTimers.due(timer.getKey(), CompleteThrough.ofWatermark(timer.getTimestamp()));
    keys.trim();
  }

  @Override
  public void onProcessingTime(InternalTimer<ViewKey, VoidNamespace> timer) throws Exception {
    keyTimers.waited(timer.getKey());
    keys.trim();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    keys.settle();
    getTimeServiceManager().orElseThrow().advanceWatermark(mark);
    keys.settle();
    output.emitWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    keys.settle();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    keys.write();
    lanes.snapshot();
    handOvers.snapshot();
    acknowledgements.snapshot(context.getCheckpointId(), settled());
    super.snapshotState(context);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    acknowledgements.complete(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    keys.settle();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (turns != null) {
      turns.cancel(false);
    }
    if (acknowledgements != null) {
      acknowledgements.close();
    }
    super.close();
  }

  private void turn() throws Exception {
    handOvers.turn();
    keys.settle();
  }

  private void define(DefinitionChange change) throws Exception {
    if (change.lane() == SourcePlan.DEFINITION_NUMBER) {
      keys.coolAll();
      views.apply(change);
    } else if (change.plan() == null) {
      end(change);
    } else {
      keys.cool(change.lane());
      views.apply(change);
    }
  }

  /** Timers free the keys of a lane that has gone, but for those that may have none. */
  private void end(DefinitionChange change) throws Exception {
    TiledView gone = views.find(change.lane());
    boolean timersFree =
        gone != null && lanes.isSettled(change.lane()) && !gone.view().coversLifetime();
    keys.drop(change.lane());
    views.apply(change);
    lanes.end(change.lane());
    handOvers.end(change.lane());
    if (!timersFree) {
      keyTimers.freeAll(change.lane());
    }
  }

  private List<Settled> settled() {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return lanes.handedOver().stream()
        .map(
            lane ->
                new Settled(lane, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks()))
        .toList();
  }

  private void send(TiledView view, Upsert row) {
    output.collect(new StreamRecord<>(row));
    if (!view.view().featureLogs().isEmpty()) {
      output.collect(ViewRows.LOGGED, new StreamRecord<>(row));
    }
  }

  private void refuse(DeadLetter letter) {
    output.collect(DeadLetter.OUTPUT, new StreamRecord<>(letter));
  }
}
