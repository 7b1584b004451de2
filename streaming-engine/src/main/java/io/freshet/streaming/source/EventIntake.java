package io.freshet.streaming.source;

import io.freshet.event.Decoded;
import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.event.Rejection;
import io.freshet.event.ViewInput;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.acknowledgement.AcknowledgementTopicFactory;
import io.freshet.streaming.acknowledgement.Acknowledgements;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.LiveViews;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Takes the topic's records in: decodes each once, lets the watermark follow, and gives every live
 * lane what its view takes from the event, from the lane's cut on. Records that cannot be used go
 * to {@link DeadLetter#OUTPUT}.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class EventIntake extends AbstractStreamOperator<ViewEvent>
    implements TwoInputStreamOperator<SourceItem, DefinitionChange, ViewEvent> {
  private static final long WATERMARK_MILLIS = 200;
  private static final long PROBE_MILLIS = 500;

  private final CarriedPlan carried;
  private final TopicEndsFactory topicEnds;
  private final AcknowledgementTopicFactory acknowledgementTopic;

  private transient StreamingJobPlan job;
  private transient LiveViews<LiveProjection> views;
  private transient EmittedWatermark emitted;
  private transient Cuts cuts;
  private transient Acknowledgements acknowledgements;
  private transient EventDecoder decoder;
  private transient SourceWatermark watermark;
  private transient EndProbe probe;
  private transient List<ScheduledFuture<?>> turns;
  private transient Counter deadLetters;
  private transient ShedEvents shed;

  EventIntake(
      CarriedPlan carried,
      TopicEndsFactory topicEnds,
      AcknowledgementTopicFactory acknowledgementTopic) {
    this.carried = carried;
    this.topicEnds = topicEnds;
    this.acknowledgementTopic = acknowledgementTopic;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    job = carried.unpack();
    views = LiveViews.open(context, job, LiveProjection::of);
    emitted = EmittedWatermark.open(context);
    cuts = Cuts.open(context, job);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    emitted.snapshot();
    cuts.snapshot();
    acknowledgements.snapshot(context.getCheckpointId(), cuts.in(watermark.positions().keySet()));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    acknowledgements.complete(checkpointId);
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoder = new EventDecoder(views.source());
    watermark = new SourceWatermark(job.source().maxDisorderMillis());
    probe = new EndProbe(topicEnds.open(job), watermark);
    acknowledgements = new Acknowledgements(acknowledgementTopic.open(job));
    deadLetters = getMetricGroup().counter(DeadLetter.COUNTER);
    shed = new ShedEvents(getMetricGroup());
    emitted.begin(nowMillis());
    turns =
        List.of(
            every(WATERMARK_MILLIS, this::advance),
            every(PROBE_MILLIS, () -> probe.turn(nowMillis())));
  }

  @Override
  public void processElement1(StreamRecord<SourceItem> element) {
    SourceItem item = element.getValue();
    if (item instanceof PartitionAssigned notice) {
      watermark.assigned(notice, nowMillis());
      cut();
      advance();
    } else if (item instanceof KafkaRecord record) {
      takeIn(record, nowMillis());
    }
  }

  @Override
  public void processElement2(StreamRecord<DefinitionChange> element) throws Exception {
    SourcePlan before = views.source();
    DefinitionChange change = element.getValue();
    views.apply(change);
    if (change.plan() == null) {
      cuts.end(change.lane());
    }
    if (!views.source().equals(before)) {
      decoder = new EventDecoder(views.source());
    }
    cut();
  }

  /** This operator makes the watermark: those of its inputs say nothing. */
  @Override
  public void processWatermark1(Watermark mark) {}

  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {}

  @Override
  public void close() throws Exception {
    if (turns != null) {
      turns.forEach(turn -> turn.cancel(false));
    }
    if (probe != null) {
      probe.close();
    }
    if (acknowledgements != null) {
      acknowledgements.close();
    }
    super.close();
  }

  private ScheduledFuture<?> every(long millis, Runnable turn) {
    return getProcessingTimeService().scheduleWithFixedDelay(now -> turn.run(), millis, millis);
  }

  private void takeIn(KafkaRecord record, long nowMillis) {
    watermark.received(record.partition(), record.offset(), nowMillis);
    long arrivalMillis = record.arrivalMillis(nowMillis);
    Decoded decoded = decoder.decode(record.value(), arrivalMillis);
    if (decoded instanceof Event event) {
      watermark.sawEvent(record.partition(), event.timeMillis(), arrivalMillis);
      views.all().forEach(view -> project(view, event, record));
    } else if (decoded instanceof Rejection rejection) {
      refuse(new DeadLetter(record, rejection, null));
    }
  }

  private void project(LiveProjection view, Event event, KafkaRecord record) {
    try {
      Optional<ViewInput> input = view.project(event);
      if (input.isPresent()) {
        takeOrShed(view, input.get(), record);
      }
    } catch (ExpressionFailedException e) {
      Rejection rejection =
          new Rejection(Rejection.Kind.EXPRESSION_FAILED, String.valueOf(e.getMessage()));
      refuse(new DeadLetter(record, rejection, view.plan().view().name()));
    }
  }

  private void takeOrShed(LiveProjection view, ViewInput input, KafkaRecord record) {
    if (view.plan().shedding()) {
      shed.count(view.plan());
    } else {
      emit(view, input, record);
    }
  }

  /**
   * Only what is behind this subtask's watermark can turn out to be late: no subtask downstream is
   * ahead of it.
   */
  private void emit(LiveProjection view, ViewInput input, KafkaRecord record) {
    boolean maybeLate = view.isLate(input.timeMillis(), emitted.completeThrough());
    ViewKey key = new ViewKey(view.plan().lane(), input.key());
    ViewEvent event =
        new ViewEvent(
            key, input.timeMillis(), input.inputs(), maybeLate ? record : null, input.id());
    output.collect(new StreamRecord<>(event, input.timeMillis()));
  }

  private void refuse(DeadLetter letter) {
    deadLetters.inc();
    output.collect(DeadLetter.OUTPUT, new StreamRecord<>(letter));
  }

  /** The lanes that are live begin where the partitions are read next, unless they have begun. */
  private void cut() {
    List<Integer> lanes = views.all().stream().map(view -> view.plan().lane()).toList();
    cuts.follow(lanes, watermark.positions());
  }

  private void advance() {
    long now = nowMillis();
    emitted.advance(watermark.hasPartitions(), watermark.completeThrough(now), now, output);
  }

  private long nowMillis() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
