package io.freshet.batch.training;

import io.freshet.batch.materialize.TakenEvents;
import io.freshet.event.Event;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.plan.SourcePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes what every view needs from every event of a source without copies, as rows of {@link
 * TimelineSchema#timeline}. An event that a view cannot use is none for it. Rows have the source's
 * columns in their order, then partition, offset and arrival.
 */
record PackEvents(AskedSource asked, SplitKeys splits) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> events) {
    Packing packing = Packing.of(asked, splits);
    return new Expansion<>(events, packing::take, packing.packer::end);
  }

  /** The views of one task. */
  private record Packing(
      int columns, int timeColumn, List<Projected> views, TimelinePacker packer) {
    static Packing of(AskedSource asked, SplitKeys splits) {
      SourcePlan source = asked.sourcePlan();
      List<TakenEvents> taken = asked.taken();
      List<AskedView> views = asked.views();
      List<Projected> projected = new ArrayList<>();
      for (int i = 0; i < views.size(); i++) {
        projected.add(Projected.of(views.get(i), taken.get(i), source));
      }
      return new Packing(
          source.columns().size(),
          source.columnIndex(source.eventTime()),
          projected,
          new TimelinePacker(splits, asked.lastMillis()));
    }

    void take(Row row, Consumer<Row> out) {
      @Nullable Object[] values = new @Nullable Object[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = row.get(i);
      }
      Instant time = row.getAs(timeColumn);
      Instant arrival = row.getAs(columns + 2);
      Event event = new Event(time.toEpochMilli(), values);
      long arrived = arrival == null ? event.timeMillis() : arrival.toEpochMilli();
      for (Projected view : views) {
        view.take(event, arrived, packer, out);
      }
    }
  }

  /** A view, ready to take its inputs from events. */
  private record Projected(
      AskedKernel kernel, ViewProjection projection, long fromMillis, long toMillis) {
    static Projected of(AskedView view, TakenEvents taken, SourcePlan source) {
      return new Projected(
          AskedKernel.of(view),
          ViewProjection.of(view.view(), source),
          taken.fromMillis(),
          taken.toMillis());
    }

    void take(Event event, long arrived, TimelinePacker packer, Consumer<Row> out) {
      long time = event.timeMillis();
      if (time < fromMillis || time >= toMillis) {
        return;
      }
      Optional<ViewInput> input = project(event);
      if (input.isPresent()) {
        byte[] inputs = kernel.events().inputs().encode(input.get().inputs());
        packer.event(kernel, input.get().key(), time, arrived, inputs, out);
      }
    }

    private Optional<ViewInput> project(Event event) {
      try {
        return projection.project(event);
      } catch (ExpressionFailedException unusable) {
        return Optional.empty();
      }
    }
  }
}
