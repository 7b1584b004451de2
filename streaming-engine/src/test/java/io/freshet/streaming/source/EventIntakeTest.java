package io.freshet.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.AvroFormat;
import io.freshet.plan.Deduplication;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Flights;
import io.freshet.streaming.acknowledgement.AcknowledgedHere;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The harness's processing time is the wall clock here. */
@SuppressWarnings("NullAway.Init") // open() sets the fields before each test.
class EventIntakeTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long DISORDER = Flights.MAX_DISORDER_MILLIS;
  private static final ViewPlan VIEW = Flights.view("intake", "all", 1, 10_000);

  private static FakeEnds ends;
  private static AcknowledgedHere acknowledged;
  private static TwoInputStreamOperatorTestHarness<SourceItem, DefinitionChange, ViewEvent> intake;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  @AfterEach
  void close() throws Exception {
    intake.close();
  }

  @Test
  void followsTheSlowestPartitionsNewestEvent() throws Exception {
    assign(0, 1);
    receive(0, 0, Flights.event("ATL", T0 - 1_000, 1L));
    passTime(200);
    assertThat(completeThrough()).isNull();
    receive(1, 0, Flights.event("ATL", T0 - 5_000, 1L));
    passTime(200);

    assertThat(completeThrough()).isEqualTo(T0 - 5_000 - DISORDER);
  }

  @Test
  void advancesByTheWallClockWhereItIsCaughtUpAndSilent() throws Exception {
    assign(0, 1);
    ends.logs.put(0, 0L);
    ends.logs.put(1, 1L);
    receive(1, 0, Flights.event("ATL", T0 - 5_000, 1L));

    untilProbed(4);

    Long through = completeThrough();
    assertThat(through).isNotNull().isGreaterThan(T0 - DISORDER);
    assertThat(through).isLessThanOrEqualTo(intake.getProcessingTime() - DISORDER);
  }

  @Test
  void doesNotAdvanceByTheWallClockWhileARecordIsUnread() throws Exception {
    assign(0);
    ends.logs.put(0, 2L);
    receive(0, 0, Flights.event("ATL", T0 - 5_000, 1L));

    untilProbed(6);

    assertThat(completeThrough()).isEqualTo(T0 - 5_000 - DISORDER);
  }

  @Test
  void doesNotAdvanceByTheWallClockWhileTheBrokerIsOutOfReach() throws Exception {
    assign(0);
    receive(0, 0, Flights.event("ATL", T0 - 5_000, 1L));
    ends.unreachable = true;
    untilProbed(6);
    assertThat(completeThrough()).isEqualTo(T0 - 5_000 - DISORDER);

    ends.logs.put(0, 1L);
    ends.unreachable = false;
    untilProbed(4);
    assertThat(completeThrough()).isGreaterThan(T0 - DISORDER);
  }

  @Test
  void anEventOfTheYear2150MovesNothingAndIsADeadLetter() throws Exception {
    assign(0);
    long farAway = Instant.parse("2150-01-01T00:00:00Z").toEpochMilli();
    receive(0, 0, Flights.event("ATL", farAway, 1L));
    receive(0, 1, Flights.event("ATL", T0 + Flights.MAX_FUTURE_MILLIS, 1L));
    passTime(200);

    assertThat(intake.getSideOutput(DeadLetter.OUTPUT)).hasSize(1);
    assertThat(completeThrough()).isEqualTo(T0 - DISORDER);
  }

  @Test
  void aFastClockMakesNoOtherEventOfABacklogLate() throws Exception {
    long arrival = T0 - 3_600_000;
    assign(0);
    receive(0, 0, arrival, Flights.event("ATL", arrival + Flights.MAX_FUTURE_MILLIS, 1L));
    passTime(200);
    assertThat(completeThrough()).isEqualTo(arrival - DISORDER);

    receive(0, 1, arrival, Flights.event("BOS", arrival - 1, 1L));

    assertThat(intake.extractOutputValues()).hasSize(2).allMatch(event -> event.origin() == null);
  }

  @Test
  void goesOnFromTheWatermarkOfTheCheckpoint() throws Exception {
    assign(0);
    receive(0, 0, Flights.event("ATL", T0 - 1_000, 1L));
    passTime(200);
    OperatorSubtaskState checkpoint = intake.snapshot(1, 1);
    intake.close();

    open(checkpoint);
    assign(0);

    assertThat(completeThrough()).isEqualTo(T0 - 1_000 - DISORDER);
  }

  @Test
  void isIdleWhileItHasNoPartition() throws Exception {
    passTime(9_000);
    assertThat(intake.getOutput()).isEmpty();
    passTime(2_000);
    assertThat(intake.getOutput()).containsExactly(WatermarkStatus.IDLE);

    assign(0);
    assertThat(intake.getOutput()).containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
  }

  @Test
  void sendsTheRecordAlongOnlyWhereTheEventMayBeLate() throws Exception {
    assign(0);
    receive(0, 0, Flights.event("ATL", T0 - 1_000, 1L));
    passTime(200);
    receive(0, 1, Flights.event("ATL", T0 - 1_000 - DISORDER, 1L));
    receive(0, 2, Flights.event("ATL", T0 - 1_001 - DISORDER, 1L));

    List<ViewEvent> events =
        intake.getRecordOutput().stream().map(element -> element.getValue()).toList();
    assertThat(events)
        .extracting(event -> event.origin() != null)
        .containsExactly(false, false, true);
  }

  @Test
  void readsEventsByTheNewestPlanOfTheSource() throws Exception {
    SourcePlan before = Flights.source("intake");
    ViewPlan taxied = Flights.view("intake", "taxied", 2, 10_000, "taxi > 10");
    String event = Flights.event("ATL", T0, 1L).replace("}", ",\"taxi\":11}");
    assign(0);
    define(2, taxied);
    receive(0, 0, event);
    assertThat(intake.getRecordOutput()).as("a view that does not fit is not live").hasSize(1);

    define(0, Flights.withTaxi(before));
    define(0, before);
    receive(0, 1, event);
    assertThat(viewsOfEventsFrom(1)).containsExactly(1, 2);
    OperatorSubtaskState checkpoint = intake.snapshot(1, 1);
    intake.close();

    open(checkpoint);
    assign(0);
    receive(0, 2, event);
    assertThat(viewsOfEventsFrom(0)).containsExactly(1, 2);

    intake.processElement2(new DefinitionChange(SourcePlan.DEFINITION_NUMBER, null), 0);
    receive(0, 3, event);
    assertThat(viewsOfEventsFrom(2)).as("the job's own plan holds again").containsExactly(1);
  }

  @Test
  void aDefinitionThatCannotBeReadMovesNothing() throws Exception {
    assign(0);
    byte[] broken = "{}".getBytes(StandardCharsets.UTF_8);
    intake.processElement2(new DefinitionChange(SourcePlan.DEFINITION_NUMBER, broken), 0);
    intake.processElement2(new DefinitionChange(7, broken), 0);
    receive(0, 0, Flights.event("ATL", T0, 1L));

    assertThat(viewsOfEventsFrom(0)).containsExactly(1);
  }

  @Test
  void readsAvroEventsAndSendsTheirIdsAlong() throws Exception {
    intake.close();
    SourcePlan json = Flights.source("intake");
    Schema schema =
        SchemaBuilder.record("Departure")
            .fields()
            .requiredString("origin")
            .requiredLong("at")
            .optionalInt("delay")
            .endRecord();
    SourcePlan avro =
        new SourcePlan(
            json.project(),
            json.name(),
            json.columns(),
            json.eventTime(),
            json.topic(),
            json.maxDisorderMillis(),
            json.maxFutureMillis(),
            new AvroFormat(schema.toString(), AvroFormat.Encoding.SINGLE_OBJECT, List.of()),
            new Deduplication("delay", 1_000));
    open(avro, null);
    assign(0);
    ByteBuffer message =
        new BinaryMessageEncoder<GenericRecord>(new GenericData(), schema)
            .encode(
                new GenericRecordBuilder(schema)
                    .set("origin", "ATL")
                    .set("at", T0)
                    .set("delay", 7)
                    .build());
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    intake.processElement1(new KafkaRecord(0, 0, KafkaRecord.NOT_STAMPED, null, bytes), 0);
    receive(0, 1, Flights.event("ATL", T0, 7L));

    assertThat(intake.getRecordOutput())
        .singleElement()
        .satisfies(
            element -> {
              assertThat(element.getValue().inputs()).containsExactly(7L);
              assertThat(element.getValue().id()).isEqualTo("7");
            });
    assertThat(intake.getSideOutput(DeadLetter.OUTPUT)).hasSize(1);
  }

  private static void define(int number, Object plan) throws Exception {
    intake.processElement2(new DefinitionChange(number, PlanCodec.encode(plan)), 0);
  }

  private static List<Integer> viewsOfEventsFrom(int index) {
    return intake.getRecordOutput().stream()
        .skip(index)
        .map(element -> element.getValue().key().lane())
        .toList();
  }

  private static void open(@Nullable OperatorSubtaskState checkpoint) throws Exception {
    open(Flights.source("intake"), checkpoint);
  }

  private static void open(SourcePlan source, @Nullable OperatorSubtaskState checkpoint)
      throws Exception {
    ends = new FakeEnds();
    acknowledged = new AcknowledgedHere();
    CarriedPlan job =
        CarriedPlan.of(
            Flights.job(source, List.of(VIEW), "none:1", "redis://none:1", "file:///none"));
    intake =
        new TwoInputStreamOperatorTestHarness<>(
            new EventIntake(job, plan -> ends, plan -> acknowledged));
    intake.setProcessingTime(T0);
    if (checkpoint != null) {
      intake.initializeState(checkpoint);
    }
    intake.open();
  }

  private static void assign(int... partitions) throws Exception {
    for (int partition : partitions) {
      intake.processElement1(new PartitionAssigned(partition, PartitionAssigned.EARLIEST), 0);
    }
  }

  private static void receive(int partition, long offset, String json) throws Exception {
    receive(partition, offset, KafkaRecord.NOT_STAMPED, json);
  }

  private static void receive(int partition, long offset, long appendedAtMillis, String json)
      throws Exception {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    intake.processElement1(new KafkaRecord(partition, offset, appendedAtMillis, null, bytes), 0);
  }

  private static void passTime(long millis) throws Exception {
    intake.setProcessingTime(intake.getProcessingTime() + millis);
  }

  /** Passes time until so many more look-ups have been made and taken in. */
  private static void untilProbed(int times) {
    int wanted = ends.probes.get() + times;
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              passTime(500);
              return ends.probes.get() >= wanted;
            });
  }

  private static @Nullable Long completeThrough() {
    Long through = null;
    for (Object element : intake.getOutput()) {
      if (element instanceof Watermark mark) {
        through = mark.getTimestamp() + 1;
      }
    }
    return through;
  }

  /** A topic that is known to end where the test says. */
  private static final class FakeEnds implements TopicEnds {
    final Map<Integer, Long> logs = new ConcurrentHashMap<>();
    final AtomicInteger probes = new AtomicInteger();
    volatile boolean unreachable;

    @Override
    public Set<Integer> exhausted(Map<Integer, Long> positions) {
      probes.incrementAndGet();
      if (unreachable) {
        throw new IllegalStateException("the broker is out of reach");
      }
      Set<Integer> exhausted = new HashSet<>();
      positions.forEach(
          (partition, position) -> {
            if (Math.max(0, position) >= logs.getOrDefault(partition, Long.MAX_VALUE)) {
              exhausted.add(partition);
            }
          });
      return exhausted;
    }

    @Override
    public void close() {}
  }
}
