package io.freshet.batch.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.Event;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.plan.BoundView;
import io.freshet.plan.InputPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes what every view needs from every event, as rows of {@link InputSchema#inputs}.
 *
 * @param sourceJson a {@link SourcePlan}
 */
record ProjectEvents(String sourceJson, List<TakenEvents> views)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> events) {
    SourcePlan source = PlanCodec.decode(sourceJson.getBytes(UTF_8), SourcePlan.class);
    List<Projected> projected = views.stream().map(view -> Projected.of(view, source)).toList();
    int columns = source.columns().size();
    int timeColumn = source.columnIndex(source.eventTime());
    Iterable<Row> all = () -> events;
    Stream<Row> inputs =
        StreamSupport.stream(all.spliterator(), false)
            .map(row -> Archived.of(row, columns, timeColumn))
            .flatMap(event -> projected.stream().flatMap(view -> view.take(event).stream()));
    return inputs.iterator();
  }

  /** An event and where it came from. */
  private record Archived(Event event, int partition, long offset, Object arrivedAt, long version) {
    static Archived of(Row row, int columns, int timeColumn) {
      @Nullable Object[] values = new @Nullable Object[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = row.get(i);
      }
      Instant time = row.getAs(timeColumn);
      return new Archived(
          new Event(time.toEpochMilli(), values),
          row.getInt(columns),
          row.getLong(columns + 1),
          row.get(columns + 2),
          row.getLong(columns + 3));
    }
  }

  /** A view, ready to take its inputs from events. */
  private record Projected(
      TakenEvents taken, ViewProjection projection, RowCodec inputs, boolean judgesCopies) {
    static Projected of(TakenEvents taken, SourcePlan source) {
      BoundView view = taken.view();
      return new Projected(
          taken,
          ViewProjection.of(view, source),
          RowCodec.ofScalars(view.inputs().stream().map(InputPlan::type).toList()),
          source.deduplication() != null);
    }

    Optional<Row> take(Archived archived) {
      long time = archived.event().timeMillis();
      boolean counts = taken.isInTime(time) && !taken.seen().has(archived.version(), time);
      if (!taken.isBeforeCut(archived.partition(), archived.offset())
          || (!counts && !judgesCopies)) {
        return Optional.empty();
      }
      try {
        return projection
            .project(archived.event())
            .filter(input -> counts || input.id() != null)
            .map(input -> counts ? used(archived, input) : near(archived, input));
      } catch (ExpressionFailedException e) {
        return counts ? Optional.of(unused(archived, e)) : Optional.empty();
      }
    }

    private Row used(Archived from, ViewInput input) {
      return row(from, input.key(), inputs.encode(input.inputs()), null, input.id());
    }

    private Row near(Archived from, ViewInput input) {
      return row(from, input.key(), null, null, input.id());
    }

    private Row unused(Archived from, ExpressionFailedException failure) {
      byte[] spread = ByteBuffer.allocate(Long.BYTES).putLong(from.offset()).array();
      return row(from, spread, null, failure.getMessage(), null);
    }

    private Row row(
        Archived from,
        byte[] key,
        byte @Nullable [] packed,
        @Nullable String failure,
        @Nullable String id) {
      return RowFactory.create(
          taken.number(),
          key,
          from.event().timeMillis(),
          from.partition(),
          from.offset(),
          packed,
          from.arrivedAt(),
          failure,
          id,
          0L);
    }
  }
}
