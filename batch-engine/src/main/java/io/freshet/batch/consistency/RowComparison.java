package io.freshet.batch.consistency;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.RowCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows of a view: what is exact exactly, doubles within 1e-9 of the greater of them and of
 * 1, since engines merge in different orders. A percentile of more than 200 values is not compared:
 * its sketch draws lots.
 */
final class RowComparison {
  private static final double TOLERANCE = 1e-9;
  private static final int EXACT_PERCENTILE_VALUES = 200;

  private final List<FeaturePlan> features;
  private final RowCodec rows;

  RowComparison(BoundView view) {
    this.features = view.features();
    this.rows = new RowCodec(view.rowTypes());
  }

  /**
   * How two rows compare.
   *
   * @param partly whether a percentile was left out
   * @param worst the greatest relative difference of two numbers
   */
  record Result(boolean equal, boolean partly, double worst) {
    static final Result UNREADABLE = new Result(false, false, 0);
  }

  /** Whether the time of the newest event is compared. */
  enum NewestEvent {
    COMPARED,
    /** No window holds an event: when the last one was is not known any more. */
    NOT_KNOWN
  }

  /**
   * @param served packed
   * @param expected the newest event's time, then the features
   * @param events at least as many as are in any window
   */
  Result compare(byte[] served, @Nullable Object[] expected, NewestEvent newestEvent, long events) {
    Optional<@Nullable Object[]> unpacked = unpacked(rows, served);
    return unpacked
        .map(actual -> compare(actual, expected, newestEvent, events))
        .orElse(Result.UNREADABLE);
  }

  private Result compare(
      @Nullable Object[] actual,
      @Nullable Object[] expected,
      NewestEvent newestEvent,
      long events) {
    boolean equal = newestEvent == NewestEvent.NOT_KNOWN || Objects.equals(actual[0], expected[0]);
    boolean partly = false;
    double worst = 0;
    for (int i = 0; i < features.size(); i++) {
      if (drawsLots(features.get(i), events)) {
        partly = true;
        continue;
      }
      Object is = actual[i + 1];
      Object shouldBe = expected[i + 1];
      equal &= isEqual(is, shouldBe);
      worst = Math.max(worst, difference(is, shouldBe));
    }
    return new Result(equal, partly, worst);
  }

  /** Empty if the bytes are no row of the view. */
  static Optional<@Nullable Object[]> unpacked(RowCodec rows, byte[] packed) {
    try {
      ByteBuffer in = ByteBuffer.wrap(packed);
      @Nullable Object[] row = rows.decode(in);
      return in.hasRemaining() ? Optional.empty() : Optional.of(row);
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException no) {
      return Optional.empty();
    }
  }

  private static boolean drawsLots(FeaturePlan feature, long events) {
    return feature.aggregation() == Aggregation.APPROX_PERCENTILE
        && events > EXACT_PERCENTILE_VALUES;
  }

  private static boolean isEqual(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue() || x.equals(y) || relative(x, y) <= TOLERANCE;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      boolean equal = x.size() == y.size();
      for (int i = 0; equal && i < x.size(); i++) {
        equal = isEqual(x.get(i), y.get(i));
      }
      return equal;
    }
    return Objects.equals(a, b);
  }

  private static double difference(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      double relative = relative(x.doubleValue(), y.doubleValue());
      return Double.isFinite(relative) ? relative : 0;
    }
    double worst = 0;
    if (a instanceof List<?> x && b instanceof List<?> y && x.size() == y.size()) {
      for (int i = 0; i < x.size(); i++) {
        worst = Math.max(worst, difference(x.get(i), y.get(i)));
      }
    }
    return worst;
  }

  private static double relative(double a, double b) {
    return Math.abs(a - b) / Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
