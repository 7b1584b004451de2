package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.RunViews;
import io.freshet.batch.materialize.ViewKernel;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.RowCodec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Goes through the events and labels of one view and key after the other and answers each label
 * with the features as of its time, as rows of {@link LabelSchema#values}. Rows of {@link
 * LabelSchema#timeline} come sorted by view, key and time, labels before events of the same time:
 * an event at the label's time does not count.
 */
record SweepTimeline(RunViews run) implements MapPartitionsFunction<Row, Row> {
  private static final int VIEW = InputSchema.VIEW_AT;
  private static final int KEY = InputSchema.KEY_AT;
  private static final int TIME = InputSchema.TIME_AT;

  @Override
  public Iterator<Row> call(Iterator<Row> timeline) {
    Map<Integer, Kernel> kernels = new HashMap<>();
    run.views().forEach(view -> kernels.put(view.number(), Kernel.of(view)));
    Sweep sweep = new Sweep(kernels);
    Iterable<Row> all = () -> timeline;
    Stream<Row> answers =
        StreamSupport.stream(all.spliterator(), false).flatMap(row -> sweep.take(row).stream());
    return answers.iterator();
  }

  /** What a view's features are computed with. */
  private record Kernel(ViewKernel events, RowCodec features) {
    static Kernel of(ViewPlan view) {
      return new Kernel(
          ViewKernel.of(view.view()),
          new RowCodec(view.view().features().stream().map(FeaturePlan::resultType).toList()));
    }

    byte[] asOf(KeyTiles tiles, long timeMillis) {
      ViewAggregator aggregator = events.aggregator();
      aggregator.compact(tiles, timeMillis);
      return features.encode(aggregator.valuesAsOf(tiles, timeMillis));
    }
  }

  /** A view and key with what has happened to it so far. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Track(int view, byte[] key, Kernel kernel, KeyTiles tiles) {
    boolean has(Row row) {
      return row.getInt(VIEW) == view && Arrays.equals(row.<byte[]>getAs(KEY), key);
    }
  }

  /** Takes the rows of a timeline in their order. */
  private static final class Sweep {
    private final Map<Integer, Kernel> kernels;
    private Optional<Track> current = Optional.empty();

    Sweep(Map<Integer, Kernel> kernels) {
      this.kernels = kernels;
    }

    Optional<Row> take(Row row) {
      Track track = current.filter(known -> known.has(row)).orElseGet(() -> begin(row));
      if (row.isNullAt(LabelSchema.LABEL_AT)) {
        track.kernel.events.add(track.tiles, row);
        return Optional.empty();
      }
      byte[] features = track.kernel.asOf(track.tiles, row.getLong(TIME));
      return Optional.of(
          RowFactory.create(row.getLong(LabelSchema.LABEL_AT), track.view, features));
    }

    private Track begin(Row row) {
      int view = row.getInt(VIEW);
      Kernel kernel = kernels.get(view);
      if (kernel == null) {
        throw new IllegalStateException("no view " + view + " in the plan");
      }
      Track track = new Track(view, row.getAs(KEY), kernel, kernel.events.aggregator().empty());
      current = Optional.of(track);
      return track;
    }
  }
}
