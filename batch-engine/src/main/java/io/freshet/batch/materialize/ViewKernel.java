package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.plan.BoundView;
import io.freshet.plan.InputPlan;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;

/**
 * The semantic kernel of a view, for rows of {@link InputSchema#inputs}.
 *
 * @param inputs how a row packs the view's inputs
 */
public record ViewKernel(ViewAggregator aggregator, RowCodec inputs) {
  public static ViewKernel of(BoundView view) {
    return new ViewKernel(
        ViewAggregator.of(view),
        RowCodec.ofScalars(view.inputs().stream().map(InputPlan::type).toList()));
  }

  /** Lets the event of a row that has inputs enter. */
  public void add(KeyTiles tiles, Row row) {
    aggregator.add(
        tiles,
        row.getLong(InputSchema.TIME_AT),
        inputs.decode(ByteBuffer.wrap(row.<byte[]>getAs(InputSchema.INPUTS_AT))));
  }
}
