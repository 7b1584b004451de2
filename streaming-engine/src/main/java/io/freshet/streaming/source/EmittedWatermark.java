package io.freshet.streaming.source;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.state.ManagedInitializationContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * The watermark that a subtask has sent. It is part of the checkpoint, so that after a restart it
 * goes on where it was: what was late stays late, and a key whose state was freed does not fall
 * back behind its last row. A subtask without partitions declares itself idle after a while, and
 * then holds nobody back.
 */
final class EmittedWatermark {
  /** How long a subtask waits for its first partition. */
  static final long ASSIGNMENT_MILLIS = 10_000;

  private static final ListStateDescriptor<Long> STATE =
      new ListStateDescriptor<>("complete-through", BasicTypeInfo.LONG_TYPE_INFO);

  private final ListState<Long> state;
  private final long floorMillis;
  private long completeThroughMillis = CompleteThrough.UNKNOWN;
  private long beganMillis;
  private boolean idle;

  private EmittedWatermark(ListState<Long> state, long floorMillis) {
    this.state = state;
    this.floorMillis = floorMillis;
  }

  static EmittedWatermark open(ManagedInitializationContext context) throws Exception {
    ListState<Long> state = context.getOperatorStateStore().getUnionListState(STATE);
    long floor = Long.MAX_VALUE;
    for (long restored : state.get()) {
      floor = Math.min(floor, restored);
    }
    return new EmittedWatermark(state, floor == Long.MAX_VALUE ? CompleteThrough.UNKNOWN : floor);
  }

  void begin(long nowMillis) {
    beganMillis = nowMillis;
  }

  /** What was sent, or {@link CompleteThrough#UNKNOWN}. */
  long completeThrough() {
    return completeThroughMillis;
  }

  void advance(boolean hasPartitions, long throughMillis, long nowMillis, Output<?> output) {
    if (hasPartitions) {
      wake(output);
      send(Math.max(floorMillis, throughMillis), output);
    } else if (!idle && nowMillis - beganMillis >= ASSIGNMENT_MILLIS) {
      idle = true;
      output.emitWatermarkStatus(WatermarkStatus.IDLE);
    }
  }

  void snapshot() throws Exception {
    state.update(idle ? List.of() : List.of(Math.max(floorMillis, completeThroughMillis)));
  }

  private void wake(Output<?> output) {
    if (idle) {
      idle = false;
      output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
    }
  }

  private void send(long throughMillis, Output<?> output) {
    if (throughMillis > completeThroughMillis) {
      completeThroughMillis = throughMillis;
      output.emitWatermark(new Watermark(CompleteThrough.toWatermark(throughMillis)));
    }
  }
}
