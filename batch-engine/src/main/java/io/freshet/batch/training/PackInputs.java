package io.freshet.batch.training;

import io.freshet.batch.materialize.InputSchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The same for a source whose copies were dropped, from rows of {@link InputSchema#inputs}, as rows
 * of {@link TimelineSchema#timeline}: one a view.
 */
record PackInputs(AskedSource asked, SplitKeys splits) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    Map<Integer, Place> places = new HashMap<>();
    asked.groups().forEach(group -> Place.putAll(GroupKernel.of(group), places));
    TimelinePacker packer = new TimelinePacker(asked, splits);
    return new Expansion<>(inputs, (row, out) -> take(row, places, packer, out), packer::end);
  }

  private static void take(
      Row row, Map<Integer, Place> places, TimelinePacker packer, Consumer<Row> out) {
    Place place = places.get(row.getInt(InputSchema.VIEW_AT));
    if (place == null || row.isNullAt(InputSchema.INPUTS_AT)) {
      return;
    }
    long time = row.getLong(InputSchema.TIME_AT);
    Instant arrival = row.getAs(InputSchema.ARRIVED_AT_AT);
    byte[] @Nullable [] inputs = new byte[place.group().views().size()][];
    inputs[place.view()] = row.getAs(InputSchema.INPUTS_AT);
    packer.event(
        place.group(),
        row.getAs(InputSchema.KEY_AT),
        time,
        arrival == null ? time : arrival.toEpochMilli(),
        inputs,
        out);
  }

  /**
   * Where a view is.
   *
   * @param view its position in the group
   */
  private record Place(GroupKernel group, int view) {
    /** By the numbers of the views. */
    static void putAll(GroupKernel group, Map<Integer, Place> places) {
      List<AskedKernel> views = group.views();
      for (int i = 0; i < views.size(); i++) {
        places.put(views.get(i).asked().plan().number(), new Place(group, i));
      }
    }
  }
}
