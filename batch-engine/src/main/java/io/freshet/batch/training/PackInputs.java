package io.freshet.batch.training;

import io.freshet.batch.materialize.InputSchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * The same for a source whose copies were dropped, from rows of {@link InputSchema#inputs}, as rows
 * of {@link TimelineSchema#timeline}.
 */
record PackInputs(AskedSource asked, SplitKeys splits) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    Map<Integer, AskedKernel> kernels = new HashMap<>();
    asked.views().forEach(view -> kernels.put(view.plan().number(), AskedKernel.of(view)));
    TimelinePacker packer = new TimelinePacker(splits, asked.lastMillis());
    return new Expansion<>(inputs, (row, out) -> take(row, kernels, packer, out), packer::end);
  }

  private static void take(
      Row row, Map<Integer, AskedKernel> kernels, TimelinePacker packer, Consumer<Row> out) {
    AskedKernel kernel = kernels.get(row.getInt(InputSchema.VIEW_AT));
    if (kernel == null || row.isNullAt(InputSchema.INPUTS_AT)) {
      return;
    }
    long time = row.getLong(InputSchema.TIME_AT);
    Instant arrival = row.getAs(InputSchema.ARRIVED_AT_AT);
    packer.event(
        kernel,
        row.getAs(InputSchema.KEY_AT),
        time,
        arrival == null ? time : arrival.toEpochMilli(),
        row.getAs(InputSchema.INPUTS_AT),
        out);
  }
}
