package io.freshet.batch.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.materialize.Lookahead;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.TrainingSetPlan;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Puts the features beside the columns of the spine. Rows are (label, group, features, spine row)
 * and come sorted by label and group: the row of the spine, then its answers.
 *
 * @param planJson a {@link TrainingSetPlan}
 * @param spine the columns of the spine
 */
record AssembleRows(String planJson, StructType spine) implements MapPartitionsFunction<Row, Row> {
  private static final int LABEL_AT = 0;
  private static final int GROUP_AT = 1;
  private static final int FEATURES_AT = 2;
  private static final int SPINE_AT = 3;

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
  public Iterator<Row> call(Iterator<Row> answers) {
    RowAssembler assembler = RowAssembler.of(plan(), spine);
    Lookahead<Row> rest = new Lookahead<>(answers);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rest.hasNext();
      }

      @Override
      public Row next() {
        return assembled(rest.next(), rest, assembler);
      }
    };
  }

  private static Row assembled(Row first, Lookahead<Row> rest, RowAssembler assembler) {
    if (first.getInt(GROUP_AT) != TimelineSchema.SPINE_ROW) {
      throw new IllegalStateException("answers of label " + first.getLong(LABEL_AT) + " alone");
    }
    assembler.begin(first.getStruct(SPINE_AT));
    for (Row answer = rest.peek(); isOf(first, answer); answer = rest.peek()) {
      Row taken = rest.next();
      assembler.put(taken.getInt(GROUP_AT), taken.getAs(FEATURES_AT));
    }
    return assembler.row();
  }

  private static boolean isOf(Row first, @Nullable Row answer) {
    return answer != null && answer.getLong(LABEL_AT) == first.getLong(LABEL_AT);
  }

  private TrainingSetPlan plan() {
    return PlanCodec.decode(planJson.getBytes(UTF_8), TrainingSetPlan.class);
  }
}
