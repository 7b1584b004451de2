package io.freshet.batch.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.TrainingSetPlan;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Puts the features beside the columns of the spine.
 *
 * @param planJson a {@link TrainingSetPlan}
 * @param spine the columns of the spine; a row has after them the answers of its views
 */
record AssembleRows(String planJson, StructType spine) implements MapPartitionsFunction<Row, Row> {
  static AssembleRows of(TrainingSetPlan plan, StructType spine) {
    return new AssembleRows(PlanCodec.encodeToString(plan), spine);
  }

  /** The spine's columns, then the features. */
  StructType schema() {
    StructType schema = spine;
    for (StructField column : TrainingColumns.of(plan())) {
      schema = schema.add(column);
    }
    return schema;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> labels) {
    RowAssembler assembler = RowAssembler.of(plan(), spine);
    Iterable<Row> all = () -> labels;
    Stream<Row> rows = StreamSupport.stream(all.spliterator(), false).map(assembler::row);
    return rows.iterator();
  }

  private TrainingSetPlan plan() {
    return PlanCodec.decode(planJson.getBytes(UTF_8), TrainingSetPlan.class);
  }
}
