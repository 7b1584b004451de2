package io.freshet.streaming.source;

import io.freshet.handover.Acknowledgement;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.acknowledgement.AcknowledgedHere;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.record.Copies;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The intake of a job without a cluster around it, which reads partitions whose ends are never
 * reached. Processing time stands still but for {@link #settle}.
 */
public final class IntakeStage implements AutoCloseable {
  private static final long SETTLED_MILLIS = 200;

  private final TwoInputStreamOperatorTestHarness<SourceItem, DefinitionChange, ViewEvent> operator;
  private final AcknowledgedHere acknowledged = new AcknowledgedHere();

  /**
   * @param nowMillis when every record arrives
   * @param checkpoint what the intake goes on from, or null
   */
  public IntakeStage(
      StreamingJobPlan job, long nowMillis, @Nullable OperatorSubtaskState checkpoint)
      throws Exception {
    this(job, nowMillis, new long[] {PartitionAssigned.EARLIEST}, checkpoint);
  }

  /**
   * @param starts by partition, the offset of the first record that it will receive
   */
  public IntakeStage(
      StreamingJobPlan job,
      long nowMillis,
      long[] starts,
      @Nullable OperatorSubtaskState checkpoint)
      throws Exception {
    operator =
        new TwoInputStreamOperatorTestHarness<>(
            new EventIntake(CarriedPlan.of(job), plan -> new Endless(), plan -> acknowledged));
    operator.setProcessingTime(nowMillis);
    if (checkpoint != null) {
      operator.initializeState(checkpoint);
    }
    operator.open();
    for (int partition = 0; partition < starts.length; partition++) {
      operator.processElement1(new PartitionAssigned(partition, starts[partition]), 0);
    }
  }

  public void receive(long offset, byte[] value) throws Exception {
    receive(0, offset, value);
  }

  public void receive(int partition, long offset, byte[] value) throws Exception {
    KafkaRecord record = new KafkaRecord(partition, offset, KafkaRecord.NOT_STAMPED, null, value);
    operator.processElement1(Copies.of(SourceItem.TYPE, record), 0);
  }

  public void define(DefinitionChange change) throws Exception {
    operator.processElement2(Copies.of(DefinitionChange.TYPE, change), 0);
  }

  public List<Acknowledgement> acknowledged() {
    return acknowledged.sent;
  }

  /** Lets the watermark follow what was received. */
  public void settle() throws Exception {
    operator.setProcessingTime(operator.getProcessingTime() + SETTLED_MILLIS);
  }

  /** Hands on what was sent since, in its order; events as they come out of their serializer. */
  public void drainTo(Consumer<ViewEvent> events, Consumer<Watermark> marks) throws Exception {
    for (Object element = operator.getOutput().poll();
        element != null;
        element = operator.getOutput().poll()) {
      if (element instanceof StreamRecord<?> record && record.getValue() instanceof ViewEvent e) {
        events.accept(Copies.of(ViewEvent.TYPE, e));
      } else if (element instanceof Watermark mark) {
        marks.accept(mark);
      }
    }
  }

  public OperatorSubtaskState checkpoint() throws Exception {
    return checkpoint(1);
  }

  public OperatorSubtaskState checkpoint(long id) throws Exception {
    return operator.snapshot(id, 1);
  }

  public void complete(long checkpoint) throws Exception {
    operator.notifyOfCompletedCheckpoint(checkpoint);
  }

  @Override
  public void close() {
    try {
      operator.close();
    } catch (Exception e) {
      throw new IllegalStateException("the operator did not close", e);
    }
  }

  /** A topic that has always more to read. */
  private record Endless() implements TopicEnds {
    @Override
    public Set<Integer> exhausted(Map<Integer, Long> positions) {
      return Set.of();
    }

    @Override
    public void close() {}
  }
}
