package io.freshet.batch.training;

import io.freshet.value.EntityKeyCodec;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Asks every view for every label, as rows of {@link TimelineSchema#timeline}; a label without a
 * join key of a view asks it nothing. Rows are numbered labels of {@link Labels}.
 *
 * @param spine the columns of the spine
 */
record PackLabels(AskedSource asked, SplitKeys splits, StructType spine)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> labels) {
    List<Asking> views = asked.views().stream().map(view -> Asking.of(view, spine)).toList();
    int time = Spine.position(spine, asked.plan().spine().labelTime());
    TimelinePacker packer = new TimelinePacker(splits, asked.lastMillis());
    return new Expansion<>(
        labels,
        (row, out) -> {
          Row label = row.getStruct(Labels.SPINE_AT);
          long millis = label.<Instant>getAs(time).toEpochMilli();
          long number = row.getLong(Labels.NUMBER_AT);
          views.forEach(view -> view.ask(label, millis, number, packer, out));
        });
  }

  /** A view and where its join keys are. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Asking(int view, int[] positions, EntityKeyCodec keys) {
    static Asking of(AskedView view, StructType spine) {
      return new Asking(
          view.index(),
          Spine.positions(spine, view.view().joinKeys()),
          new EntityKeyCodec(view.view().joinKeys()));
    }

    void ask(Row label, long millis, long number, TimelinePacker packer, Consumer<Row> out) {
      @Nullable Object[] key = new @Nullable Object[positions.length];
      for (int i = 0; i < key.length; i++) {
        key[i] = label.get(positions[i]);
        if (key[i] == null) {
          return;
        }
      }
      packer.label(view, keys.encode(key), millis, number, out);
    }
  }
}
