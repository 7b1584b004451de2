package io.freshet.batch.training;

import io.freshet.batch.materialize.RunViews;
import io.freshet.plan.ViewPlan;
import io.freshet.value.EntityKeyCodec;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Asks every view for every label, as rows of {@link LabelSchema#timeline}; a label without a join
 * key of a view asks it nothing.
 *
 * @param spine the columns of the numbered spine
 */
record LabelsOfViews(RunViews run, StructType spine, String labelTime)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> labels) {
    List<Asking> views = run.views().stream().map(view -> Asking.of(view, spine)).toList();
    int time = Spine.position(spine, labelTime);
    int label = Spine.position(spine, LabelSchema.LABEL);
    Iterable<Row> all = () -> labels;
    Stream<Row> asked =
        StreamSupport.stream(all.spliterator(), false)
            .flatMap(row -> views.stream().flatMap(view -> view.ask(row, time, label).stream()));
    return asked.iterator();
  }

  /** A view and where its join keys are. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Asking(int number, int[] positions, EntityKeyCodec keys) {
    static Asking of(ViewPlan view, StructType spine) {
      return new Asking(
          view.number(),
          Spine.positions(spine, view.view().joinKeys()),
          new EntityKeyCodec(view.view().joinKeys()));
    }

    Optional<Row> ask(Row row, int time, int label) {
      @Nullable Object[] key = new @Nullable Object[positions.length];
      for (int i = 0; i < key.length; i++) {
        key[i] = row.get(positions[i]);
        if (key[i] == null) {
          return Optional.empty();
        }
      }
      long millis = row.<Instant>getAs(time).toEpochMilli();
      return Optional.of(
          RowFactory.create(
              number,
              keys.encode(key),
              millis,
              0,
              0L,
              null,
              null,
              null,
              null,
              0L,
              row.getLong(label)));
    }
  }
}
