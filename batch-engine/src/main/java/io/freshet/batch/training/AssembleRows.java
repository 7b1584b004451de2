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
 * and come sorted by label: the row of the spine and its answers, in any order.
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
        return assembled(rest, assembler);
      }
    };
  }

  private static Row assembled(Lookahead<Row> rest, RowAssembler assembler) {
    Row part = rest.next();
    long label = part.getLong(LABEL_AT);
    assembler.begin();
    put(part, assembler);
    for (Row next = rest.peek(); isOf(label, next); next = rest.peek()) {
      put(rest.next(), assembler);
    }
    return assembler.row();
  }

  private static void put(Row part, RowAssembler assembler) {
    if (part.getInt(GROUP_AT) == TimelineSchema.SPINE_ROW) {
      assembler.put(part.getStruct(SPINE_AT));
    } else {
      assembler.put(part.getInt(GROUP_AT), part.getAs(FEATURES_AT));
    }
  }

  private static boolean isOf(long label, @Nullable Row part) {
    return part != null && part.getLong(LABEL_AT) == label;
  }

  private TrainingSetPlan plan() {
    return PlanCodec.decode(planJson.getBytes(UTF_8), TrainingSetPlan.class);
  }
}
