package io.freshet.batch.training;

import io.freshet.batch.materialize.TakenEvents;
import io.freshet.event.Event;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.plan.SourcePlan;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes what every view needs from every event of a source without copies, as rows of {@link
 * TimelineSchema#timeline}. An event that a view cannot use is none for it. Rows have the source's
 * columns in their order, then partition, offset and arrival.
 */
record PackEvents(AskedSource asked, SplitKeys splits) implements MapPartitionsFunction<Row, Row> {
  private static final int ARRIVAL_AFTER_COLUMNS = 2;

  @Override
  public Iterator<Row> call(Iterator<Row> events) {
    Packing packing = Packing.of(asked, splits);
    return new Expansion<>(events, packing::take, packing.packer::end);
  }

  /** The views of one task. */
  private record Packing(
      int columns, int timeColumn, List<GroupTaking> groups, TimelinePacker packer) {
    static Packing of(AskedSource asked, SplitKeys splits) {
      SourcePlan source = asked.sourcePlan();
      Map<Integer, TakenEvents> taken =
          asked.taken().stream()
              .collect(Collectors.toMap(TakenEvents::number, Function.identity()));
      return new Packing(
          source.columns().size(),
          source.columnIndex(source.eventTime()),
          asked.groups().stream().map(group -> GroupTaking.of(group, taken, source)).toList(),
          new TimelinePacker(asked, splits));
    }

    void take(Row row, Consumer<Row> out) {
      @Nullable Object[] values = new @Nullable Object[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = row.get(i);
      }
      Instant time = row.getAs(timeColumn);
      Instant arrival = row.getAs(columns + ARRIVAL_AFTER_COLUMNS);
      Event event = new Event(time.toEpochMilli(), values);
      long arrived = arrival == null ? event.timeMillis() : arrival.toEpochMilli();
      for (GroupTaking group : groups) {
        group.take(event, arrived, packer, out);
      }
    }
  }

  /** A group of views, ready to take their inputs from events. */
  private record GroupTaking(GroupKernel kernel, List<Projected> views) {
    static GroupTaking of(AskedGroup group, Map<Integer, TakenEvents> taken, SourcePlan source) {
      GroupKernel kernel = GroupKernel.of(group);
      return new GroupTaking(
          kernel, kernel.views().stream().map(view -> Projected.of(view, taken, source)).toList());
    }

    void take(Event event, long arrived, TimelinePacker packer, Consumer<Row> out) {
      byte[] key = null;
      byte[] @Nullable [] inputs = new byte[views.size()][];
      for (int i = 0; i < inputs.length; i++) {
        ViewInput input = views.get(i).project(event).orElse(null);
        if (input != null) {
          key = input.key();
          inputs[i] = views.get(i).packed(input);
        }
      }
      if (key != null) {
        packer.event(kernel, key, event.timeMillis(), arrived, inputs, out);
      }
    }
  }

  /** A view, ready to take its inputs from events. */
  private record Projected(
      AskedKernel kernel, ViewProjection projection, long fromMillis, long toMillis) {
    static Projected of(AskedKernel kernel, Map<Integer, TakenEvents> taken, SourcePlan source) {
      TakenEvents span = taken.get(kernel.asked().plan().number());
      if (span == null) {
        throw new IllegalStateException("no events of view " + kernel.asked().view().name());
      }
      return new Projected(
          kernel,
          ViewProjection.of(kernel.asked().view(), source),
          span.fromMillis(),
          span.toMillis());
    }

    /** Empty if the view does not take the event. */
    Optional<ViewInput> project(Event event) {
      if (event.timeMillis() < fromMillis || event.timeMillis() >= toMillis) {
        return Optional.empty();
      }
      try {
        return projection.project(event);
      } catch (ExpressionFailedException unusable) {
        return Optional.empty();
      }
    }

    byte[] packed(ViewInput input) {
      return kernel.events().inputs().encode(input.inputs());
    }
  }
}
