package io.freshet.benchmark;

import io.freshet.plan.Aggregation;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation whose intermediate results are objects of boxed numbers; null is the empty one.
 */
interface BoxedAggregation {
  Object add(@Nullable Object result, Double value);

  @Nullable Object merge(@Nullable Object left, @Nullable Object right);

  @Nullable Object result(@Nullable Object result);

  static BoxedAggregation of(Aggregation aggregation) {
    return switch (aggregation) {
      case COUNT -> new Count();
      case AVERAGE -> new Average();
      case VARIANCE -> new Variance();
      case MIN -> new Extreme(1);
      case MAX -> new Extreme(-1);
      default -> throw new IllegalArgumentException("Cannot box " + aggregation + ": not measured");
    };
  }

  /** Keeps a Long. */
  record Count() implements BoxedAggregation {
    @Override
    public Object add(@Nullable Object result, Double value) {
      return result == null ? 1L : (Long) result + 1;
    }

    @Override
    public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
      if (left == null || right == null) {
        return left == null ? right : left;
      }
      return (Long) left + (Long) right;
    }

    @Override
    public Object result(@Nullable Object result) {
      return result == null ? (Object) 0L : result;
    }
  }

  /** Keeps a Double. */
  record Extreme(int sign) implements BoxedAggregation {
    @Override
    public Object add(@Nullable Object result, Double value) {
      return result == null || sign * value.compareTo((Double) result) < 0 ? value : result;
    }

    @Override
    public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
      return right == null ? left : add(left, (Double) right);
    }

    @Override
    public @Nullable Object result(@Nullable Object result) {
      return result;
    }
  }

  /** Keeps sum and count. */
  record Average() implements BoxedAggregation {
    private record Sum(Double sum, Long count) {}

    @Override
    public Object add(@Nullable Object result, Double value) {
      return result instanceof Sum old
          ? new Sum(old.sum + value, old.count + 1)
          : new Sum(value, 1L);
    }

    @Override
    public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
      if (left instanceof Sum a && right instanceof Sum b) {
        return new Sum(a.sum + b.sum, a.count + b.count);
      }
      return left == null ? right : left;
    }

    @Override
    public @Nullable Object result(@Nullable Object result) {
      return result instanceof Sum all ? (Object) (all.sum / all.count) : null;
    }
  }

  /** Keeps count, mean and squared deviations. */
  record Variance() implements BoxedAggregation {
    private record Deviations(Long count, Double mean, Double squares) {}

    @Override
    public Object add(@Nullable Object result, Double value) {
      if (!(result instanceof Deviations old)) {
        return new Deviations(1L, value, 0.0);
      }
      double delta = value - old.mean;
      double mean = old.mean + delta / (old.count + 1);
      return new Deviations(old.count + 1, mean, old.squares + delta * (value - mean));
    }

    @Override
    public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
      if (!(left instanceof Deviations a && right instanceof Deviations b)) {
        return left == null ? right : left;
      }
      long count = a.count + b.count;
      double delta = b.mean - a.mean;
      double share = (double) b.count / count;
      double squares = a.squares + b.squares + delta * delta * a.count * share;
      return new Deviations(count, a.mean + delta * share, squares);
    }

    @Override
    public @Nullable Object result(@Nullable Object result) {
      return result instanceof Deviations all ? (Object) (all.squares / all.count) : null;
    }
  }
}
