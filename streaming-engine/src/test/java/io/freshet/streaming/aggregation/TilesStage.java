package io.freshet.streaming.aggregation;

import io.freshet.handover.Acknowledgement;
import io.freshet.handover.HandOver;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.acknowledgement.AcknowledgedHere;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.record.Copies;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The aggregation of a job without a cluster around it, at some parallelism. */
public final class TilesStage implements AutoCloseable {
  /** So few that keys leave the heap all the time. */
  private static final HotKeys.Bounds BOUNDS = new HotKeys.Bounds(2, 4_096);

  private static final int KEY_GROUPS = 8;

  private final List<
          KeyedTwoInputStreamOperatorTestHarness<ViewKey, ViewEvent, ControlItem, Upsert>>
      subtasks = new ArrayList<>();
  private final AcknowledgedHere acknowledged = new AcknowledgedHere();
  private final HandOverReader reader = new HandOverReader(KEY_GROUPS);

  /** The state of all subtasks. */
  public record Checkpoint(OperatorSubtaskState state, int parallelism) {}

  /**
   * @param checkpoint what the aggregation goes on from, or null
   */
  public TilesStage(StreamingJobPlan job, int parallelism, @Nullable Checkpoint checkpoint)
      throws Exception {
    for (int subtask = 0; subtask < parallelism; subtask++) {
      var operator =
          new KeyedTwoInputStreamOperatorTestHarness<ViewKey, ViewEvent, ControlItem, Upsert>(
              new TileAggregation(CarriedPlan.of(job), plan -> acknowledged, BOUNDS),
              ViewEvent::key,
              null,
              ViewKey.TYPE,
              KEY_GROUPS,
              parallelism,
              subtask);
      operator.setup(
          UpsertType.TYPE.createSerializer(operator.getExecutionConfig().getSerializerConfig()));
      if (checkpoint != null) {
        operator.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                checkpoint.state, KEY_GROUPS, checkpoint.parallelism, parallelism, subtask));
      }
      operator.open();
      subtasks.add(operator);
    }
  }

  public void take(ViewEvent event) {
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            event.key(), KEY_GROUPS, subtasks.size());
    try {
      subtasks.get(subtask).processElement1(event, event.timeMillis());
    } catch (Exception e) {
      throw new IllegalStateException("the aggregation failed on " + event, e);
    }
  }

  public void take(Watermark mark) {
    try {
      for (var subtask : subtasks) {
        subtask.processBothWatermarks(mark);
      }
    } catch (Exception e) {
      throw new IllegalStateException("the aggregation failed at " + mark, e);
    }
  }

  public void define(DefinitionChange change) throws Exception {
    for (var subtask : subtasks) {
      subtask.processElement2(Copies.of(ControlItem.TYPE, new ControlItem.Definition(change)), 0);
    }
  }

  /** Takes a record of the hand-over topic. */
  public void take(HandOver record) throws Exception {
    List<ControlItem> items = new ArrayList<>();
    reader.deserialize(
        new ConsumerRecord<>("hand-over", 0, 0, new byte[0], HandOver.encode(record)),
        new ListCollector<>(items));
    for (ControlItem item : items) {
      int group = ((ControlItem.HandedOver) item).keyGroup();
      int subtask =
          KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
              KEY_GROUPS, subtasks.size(), group);
      subtasks.get(subtask).processElement2(Copies.of(ControlItem.TYPE, item), 0);
    }
  }

  public void passTime(long millis) throws Exception {
    for (var subtask : subtasks) {
      subtask.setProcessingTime(subtask.getProcessingTime() + millis);
    }
  }

  /** The rows sent since the stage began, as they come out of their serializer. */
  public List<Upsert> rows() throws Exception {
    List<Upsert> rows = new ArrayList<>();
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(0);
      for (Upsert row : subtask.extractOutputValues()) {
        rows.add(Copies.of(UpsertType.TYPE, row));
      }
    }
    return rows;
  }

  /** The rows sent since this was last asked, without asking for more. */
  public List<Upsert> newRows() {
    List<Upsert> rows = new ArrayList<>();
    for (var subtask : subtasks) {
      for (Object element = subtask.getOutput().poll();
          element != null;
          element = subtask.getOutput().poll()) {
        if (element instanceof StreamRecord<?> one && one.getValue() instanceof Upsert row) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** How many events were late since the stage began. */
  public int late() {
    return subtasks.stream()
        .mapToInt(subtask -> count(subtask.getSideOutput(DeadLetter.OUTPUT)))
        .sum();
  }

  /** How many keys have state. */
  public long keys() throws Exception {
    checkpoint(0);
    long keys = 0;
    for (var subtask : subtasks) {
      keys +=
          subtask
              .getOperator()
              .<ViewKey>getKeyedStateBackend()
              .getKeys(StoredKeys.STATE, VoidNamespace.INSTANCE)
              .count();
    }
    return keys;
  }

  public List<Acknowledgement> acknowledged() {
    return acknowledged.sent;
  }

  public Checkpoint checkpoint(long id) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < states.length; i++) {
      subtasks.get(i).prepareSnapshotPreBarrier(id);
      states[i] = subtasks.get(i).snapshot(id, 1);
    }
    return new Checkpoint(AbstractStreamOperatorTestHarness.repackageState(states), states.length);
  }

  public void complete(long checkpoint) throws Exception {
    for (var subtask : subtasks) {
      subtask.notifyOfCompletedCheckpoint(checkpoint);
    }
  }

  @Override
  public void close() {
    try {
      for (var subtask : subtasks) {
        subtask.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the operator did not close", e);
    }
  }

  private static int count(@Nullable Collection<?> letters) {
    return letters == null ? 0 : letters.size();
  }
}
