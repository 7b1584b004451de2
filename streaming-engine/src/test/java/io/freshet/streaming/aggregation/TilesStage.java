package io.freshet.streaming.aggregation;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.acknowledgement.AcknowledgedHere;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.record.Copies;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The aggregation of a job without a cluster around it. */
public final class TilesStage implements AutoCloseable {
  /** So few that keys leave the heap all the time. */
  private static final HotKeys.Bounds BOUNDS = new HotKeys.Bounds(2, 4_096);

  private final KeyedTwoInputStreamOperatorTestHarness<ViewKey, ViewEvent, ControlItem, Upsert>
      operator;

  /**
   * @param checkpoint what the aggregation goes on from, or null
   */
  public TilesStage(StreamingJobPlan job, @Nullable OperatorSubtaskState checkpoint)
      throws Exception {
    operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new TileAggregation(CarriedPlan.of(job), plan -> new AcknowledgedHere(), BOUNDS),
            ViewEvent::key,
            null,
            ViewKey.TYPE,
            8,
            1,
            0);
    operator.setup(
        UpsertType.TYPE.createSerializer(operator.getExecutionConfig().getSerializerConfig()));
    if (checkpoint != null) {
      operator.initializeState(checkpoint);
    }
    operator.open();
  }

  public void take(ViewEvent event) {
    try {
      operator.processElement1(event, event.timeMillis());
    } catch (Exception e) {
      throw new IllegalStateException("the aggregation failed on " + event, e);
    }
  }

  public void take(Watermark mark) {
    try {
      operator.processBothWatermarks(mark);
    } catch (Exception e) {
      throw new IllegalStateException("the aggregation failed at " + mark, e);
    }
  }

  /** The rows sent since the stage began, as they come out of their serializer. */
  public List<Upsert> rows() throws Exception {
    operator.prepareSnapshotPreBarrier(0);
    List<Upsert> rows = new ArrayList<>();
    for (Upsert row : operator.extractOutputValues()) {
      rows.add(Copies.of(UpsertType.TYPE, row));
    }
    return rows;
  }

  /** How many events were late since the stage began. */
  public int late() {
    var letters = operator.getSideOutput(DeadLetter.OUTPUT);
    return letters == null ? 0 : letters.size();
  }

  public OperatorSubtaskState checkpoint() throws Exception {
    operator.prepareSnapshotPreBarrier(1);
    return operator.snapshot(1, 1);
  }

  @Override
  public void close() {
    try {
      operator.close();
    } catch (Exception e) {
      throw new IllegalStateException("the operator did not close", e);
    }
  }
}
