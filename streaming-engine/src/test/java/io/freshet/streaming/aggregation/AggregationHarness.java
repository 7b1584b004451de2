package io.freshet.streaming.aggregation;

import io.freshet.handover.HandOver;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.streaming.Flights;
import io.freshet.streaming.acknowledgement.AcknowledgedHere;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.KafkaRecord;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The aggregation of the delays of airports, without a cluster around it. */
final class AggregationHarness implements AutoCloseable {
  private static final int KEY_GROUPS = 8;
  private static final long FLUSH_MILLIS = 50;
  private static final SourcePlan SOURCE = Flights.source("harness");

  private final ViewPlan plan;
  private final KeyedTwoInputStreamOperatorTestHarness<ViewKey, ViewEvent, ControlItem, Upsert>
      operator;
  private final AcknowledgedHere acknowledged = new AcknowledgedHere();
  private int taken;

  private AggregationHarness(
      ViewPlan plan,
      SourcePlan source,
      List<ViewPlan> seeds,
      @Nullable OperatorSubtaskState checkpoint)
      throws Exception {
    this.plan = plan;
    CarriedPlan job =
        CarriedPlan.of(Flights.job(source, seeds, "none:1", "redis://none:1", "file:///none"));
    operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new TileAggregation(job, opened -> acknowledged, HotKeys.Bounds.DEFAULT),
            ViewEvent::key,
            null,
            ViewKey.TYPE,
            KEY_GROUPS,
            1,
            0);
    operator.setup(
        UpsertType.TYPE.createSerializer(operator.getExecutionConfig().getSerializerConfig()));
    if (checkpoint != null) {
      operator.initializeState(checkpoint);
    }
    operator.open();
  }

  static AggregationHarness of(ViewPlan plan) throws Exception {
    return new AggregationHarness(plan, SOURCE, List.of(plan), null);
  }

  /** The view is not live until it is published. */
  static AggregationHarness without(ViewPlan plan) throws Exception {
    return new AggregationHarness(plan, SOURCE, List.of(), null);
  }

  static AggregationHarness restored(ViewPlan plan, OperatorSubtaskState checkpoint)
      throws Exception {
    return new AggregationHarness(plan, SOURCE, List.of(), checkpoint);
  }

  /** Of a source whose events have copies that are so near in time; restored if there is that. */
  static AggregationHarness withCopies(
      ViewPlan plan, long withinMillis, @Nullable OperatorSubtaskState checkpoint)
      throws Exception {
    return new AggregationHarness(
        plan, Flights.withCopies(SOURCE, withinMillis), List.of(plan), checkpoint);
  }

  /** A row that was sent: its version, the newest event's time, the features. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  record Row(Version version, long newestEventMillis, @Nullable Object[] features) {}

  void send(String origin, long atMillis, @Nullable Long delay) throws Exception {
    send(origin, atMillis, delay, null);
  }

  void send(String origin, long atMillis, @Nullable Long delay, @Nullable String id)
      throws Exception {
    byte[] key = origin.getBytes(StandardCharsets.UTF_8);
    KafkaRecord record = new KafkaRecord(3, 7, KafkaRecord.NOT_STAMPED, key, key);
    ViewEvent event =
        new ViewEvent(
            new ViewKey(plan.lane(), key), atMillis, new @Nullable Object[] {delay}, record, id);
    operator.processElement1(event, atMillis);
  }

  /** Every event before the time has come. */
  void completeThrough(long millis) throws Exception {
    operator.processBothWatermarks(new Watermark(millis - 1));
  }

  void publish() throws Exception {
    operator.processElement2(
        new ControlItem.Definition(new DefinitionChange(plan.lane(), PlanCodec.encode(plan))), 0);
  }

  /** The hand-over to the lane has no history, or none more. */
  void allKeys() throws Exception {
    for (int group = 0; group < KEY_GROUPS; group++) {
      operator.processElement2(
          new ControlItem.HandedOver(group, new HandOver.AllKeys(plan.lane())), 0);
    }
  }

  void withdraw() throws Exception {
    operator.processElement2(
        new ControlItem.Definition(new DefinitionChange(plan.lane(), null)), 0);
  }

  void passTime(long millis) throws Exception {
    operator.setProcessingTime(operator.getProcessingTime() + millis);
  }

  OperatorSubtaskState checkpoint() throws Exception {
    operator.prepareSnapshotPreBarrier(1);
    return operator.snapshot(1, 1);
  }

  /** The rows sent since this was last asked. */
  List<Row> rows() throws Exception {
    passTime(FLUSH_MILLIS);
    List<Upsert> all = operator.extractOutputValues();
    List<Row> rows = all.subList(taken, all.size()).stream().map(this::row).toList();
    taken = all.size();
    return rows;
  }

  Row lastRow() throws Exception {
    List<Row> rows = rows();
    return rows.get(rows.size() - 1);
  }

  List<DeadLetter> deadLetters() {
    var letters = operator.getSideOutput(DeadLetter.OUTPUT);
    return letters == null
        ? List.of()
        : letters.stream().map(element -> element.getValue()).toList();
  }

  /** How many keys have state. */
  long keys() throws Exception {
    checkpoint();
    return keysWith(StoredKeys.STATE);
  }

  /** How many keys remember ids. */
  long keysWithIds() {
    return keysWith(SeenIds.STATE);
  }

  private long keysWith(String state) {
    return operator
        .getOperator()
        .<ViewKey>getKeyedStateBackend()
        .getKeys(state, VoidNamespace.INSTANCE)
        .count();
  }

  int timers() {
    return operator.numEventTimeTimers();
  }

  @Override
  public void close() {
    try {
      operator.close();
    } catch (Exception e) {
      throw new IllegalStateException("the operator did not close", e);
    }
  }

  private Row row(Upsert upsert) {
    @Nullable Object[] row =
        new RowCodec(plan.view().rowTypes()).decode(ByteBuffer.wrap(upsert.row()));
    long newest = row[0] instanceof Instant time ? time.toEpochMilli() : -1;
    return new Row(upsert.version(), newest, Arrays.copyOfRange(row, 1, row.length));
  }
}
