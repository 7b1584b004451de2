package io.freshet.batch.training;

import io.freshet.batch.training.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Goes through what happened to one key after the other and answers each label, as rows of {@link
 * TimelineSchema#answers}. Rows of {@link TimelineSchema#timeline} come in their order: an event
 * comes at the instant from which it is seen, which is never at its own time or before, so that a
 * label can only see what came before it here.
 */
record SweepTimeline(AskedSource asked) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> timeline) {
    List<GroupKernel> kernels = asked.groups().stream().map(GroupKernel::of).toList();
    return new Expansion<>(timeline, new Sweep(kernels, TimelineOrder.of(asked)));
  }

  /** Takes the rows of a timeline in their order. */
  private static final class Sweep implements Expansion.Step<Row, Row> {
    private final List<GroupKernel> kernels;
    private final TimelineOrder order;
    private final int firstIndex;

    /** Those of the slot: one, unless keys share it. */
    private final List<KeyTrack> tracks = new ArrayList<>();

    private long slot;

    Sweep(List<GroupKernel> kernels, TimelineOrder order) {
      this.kernels = kernels;
      this.order = order;
      this.firstIndex = kernels.get(0).index();
    }

    @Override
    public void take(Row row, Consumer<Row> out) {
      long at = row.getLong(TimelineSchema.ORDER_AT);
      if (order.slotOf(at) != slot) {
        slot = order.slotOf(at);
        tracks.clear();
      }
      TimelineEntry entry = TimelineEntry.of(row.getAs(TimelineSchema.ENTRY_AT));
      KeyTrack track = trackOf(entry);
      if (entry.kind() != Kind.LABEL) {
        track.enter(entry);
        return;
      }
      byte[] answer = track.answer(order.millisOf(at));
      out.accept(RowFactory.create(entry.content().getLong(), entry.group(), answer));
    }

    private KeyTrack trackOf(TimelineEntry entry) {
      for (KeyTrack track : tracks) {
        if (track.isOf(entry)) {
          return track;
        }
      }
      KeyTrack begun = KeyTrack.of(entry, kernels.get(entry.group() - firstIndex));
      tracks.add(begun);
      return begun;
    }
  }
}
