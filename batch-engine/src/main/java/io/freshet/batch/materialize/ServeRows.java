package io.freshet.batch.materialize;

import io.freshet.batch.table.SparkValues;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Upserts rows of {@link LogSchema} into the online store.
 *
 * @param onlineStore its address
 * @param view the view's number
 * @param rows counts the rows that the store decided on
 * @param applied counts those that were newer than what it had
 */
record ServeRows(
    RunViews run, String onlineStore, int view, LongAccumulator rows, LongAccumulator applied)
    implements ForeachPartitionFunction<Row> {
  private static final int ROWS_A_CALL = 500;

  @Override
  public void call(Iterator<Row> logged) {
    if (!logged.hasNext()) {
      return;
    }
    PatientWriter store = new PatientWriter(onlineStore);
    Packer packer = Packer.of(run.view(view), run);
    List<Upsert> batch = new ArrayList<>(ROWS_A_CALL);
    while (logged.hasNext()) {
      batch.add(packer.upsert(logged.next()));
      if (batch.size() == ROWS_A_CALL || !logged.hasNext()) {
        List<Upsert> full = List.copyOf(batch);
        applied.add(store.write(writer -> writer.upsert(full)).applied());
        rows.add(full.size());
        batch.clear();
      }
    }
  }

  /** Packs the rows of one view. */
  private record Packer(ViewPlan view, Version version, EntityKeyCodec keys, RowCodec packed) {
    static Packer of(ViewPlan view, RunViews run) {
      return new Packer(
          view,
          new Version(view.epoch(), run.asOfMillis(), run.sequence()),
          new EntityKeyCodec(view.view().joinKeys()),
          new RowCodec(view.view().rowTypes()));
    }

    Upsert upsert(Row row) {
      Row key = row.getAs(LogSchema.KEYS);
      return new Upsert(
          new EntityRef(view.view().project(), view.view().entity(), keys.encode(values(key))),
          view.number(),
          version,
          packed.encode(served(row)),
          view.view().ttlMillis());
    }

    private static @Nullable Object[] served(Row row) {
      Row features = row.getAs(LogSchema.FEATURES);
      @Nullable Object[] served = new @Nullable Object[features.length() + 1];
      served[0] = row.getAs(LogSchema.NEWEST_EVENT);
      for (int i = 0; i < features.length(); i++) {
        served[i + 1] = SparkValues.fromSpark(features.get(i));
      }
      return served;
    }

    private static Object[] values(Row row) {
      Object[] values = new Object[row.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i);
      }
      return values;
    }
  }
}
