package io.freshet.batch.consistency;

import io.freshet.aggregate.ViewAggregator;
import io.freshet.plan.BoundView;
import io.freshet.plan.InputPlan;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What the check of a view's keys needs, made once a task. */
record ViewCheck(
    CheckedView view,
    ViewAggregator aggregator,
    RowCodec packedInputs,
    RowComparison comparison,
    long nowMillis) {
  static ViewCheck of(CheckedView checked, long nowMillis) {
    BoundView view = checked.plan().view();
    return new ViewCheck(
        checked,
        ViewAggregator.of(view),
        RowCodec.ofScalars(view.inputs().stream().map(InputPlan::type).toList()),
        new RowComparison(view),
        nowMillis);
  }

  /** The inputs of an event of {@link SampleSchema#sample}. */
  @Nullable Object[] inputs(Row event) {
    return packedInputs.decode(ByteBuffer.wrap(event.<byte[]>getAs(SampleSchema.CONTENT_AT)));
  }
}
