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
 * Asks every group of views for every label, as rows of {@link TimelineSchema#timeline}; a label
 * without a join key of a group asks it nothing. Rows are numbered labels of {@link Labels}.
 *
 * @param spine the columns of the spine
 */
record PackLabels(AskedSource asked, SplitKeys splits, StructType spine)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> labels) {
    List<Asking> groups = asked.groups().stream().map(group -> Asking.of(group, spine)).toList();
    int time = Spine.position(spine, asked.plan().spine().labelTime());
    TimelinePacker packer = new TimelinePacker(asked, splits);
    return new Expansion<>(
        labels,
        (row, out) -> {
          Row label = row.getStruct(Labels.SPINE_AT);
          long millis = label.<Instant>getAs(time).toEpochMilli();
          long number = row.getLong(Labels.NUMBER_AT);
          groups.forEach(group -> group.ask(label, millis, number, packer, out));
        });
  }

  /** A group and where its join keys are. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Asking(int group, int[] positions, EntityKeyCodec keys) {
    static Asking of(AskedGroup group, StructType spine) {
      return new Asking(
          group.index(),
          Spine.positions(spine, group.joinKeys()),
          new EntityKeyCodec(group.joinKeys()));
    }

    void ask(Row label, long millis, long number, TimelinePacker packer, Consumer<Row> out) {
      @Nullable Object[] key = new @Nullable Object[positions.length];
      for (int i = 0; i < key.length; i++) {
        key[i] = label.get(positions[i]);
        if (key[i] == null) {
          return;
        }
      }
      packer.label(group, keys.encode(key), millis, number, out);
    }
  }
}
