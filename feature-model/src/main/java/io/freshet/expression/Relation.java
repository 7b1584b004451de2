package io.freshet.expression;

import java.time.Instant;
import java.util.Optional;

/**
 * The relations of two values, exactly as CEL's runtime decides them. Two float64 follow IEEE 754:
 * NaN is related to nothing and -0.0 equals 0.0. An int64 against a float64 follows {@link
 * Double#compare} of the int64's nearest double: NaN is greater than every int64 and -0.0 is less
 * than 0. Texts are ordered by UTF-16 unit.
 */
enum Relation {
  EQUAL("_==_"),
  NOT_EQUAL("_!=_"),
  LESS("_<_"),
  LESS_OR_EQUAL("_<=_"),
  GREATER("_>_"),
  GREATER_OR_EQUAL("_>=_");

  private final String function;

  Relation(String function) {
    this.function = function;
  }

  static Optional<Relation> ofFunction(String function) {
    for (Relation relation : values()) {
      if (relation.function.equals(function)) {
        return Optional.of(relation);
      }
    }
    return Optional.empty();
  }

  /** Whether it asks for equality, which CEL decides between values of one type only. */
  boolean isEquality() {
    return this == EQUAL || this == NOT_EQUAL;
  }

  boolean holds(Object left, Object right) {
    return switch (this) {
      case EQUAL -> equal(left, right);
      case NOT_EQUAL -> !equal(left, right);
      case LESS -> order(left, right) < 0;
      case LESS_OR_EQUAL -> order(left, right) <= 0;
      case GREATER -> order(right, left) < 0;
      case GREATER_OR_EQUAL -> order(right, left) <= 0;
    };
  }

  /** CEL's runtime takes a value for equal to itself, so {@code x == x} is true of NaN too. */
  private static boolean equal(Object left, Object right) {
    if (left == right) {
      return true;
    }
    return (left instanceof Double first && right instanceof Double second)
        ? first.doubleValue() == second.doubleValue()
        : left.equals(right);
  }

  /** Negative if left is less, 0 if they are equal, positive if it is neither. */
  private static int order(Object left, Object right) {
    if (left instanceof Double first) {
      return right instanceof Double second
          ? order(first.doubleValue(), second.doubleValue())
          : Double.compare(first, (double) (Long) right);
    }
    if (left instanceof Long first) {
      return right instanceof Long second
          ? Long.compare(first, second)
          : Double.compare((double) first, (Double) right);
    }
    if (left instanceof String first) {
      return first.compareTo((String) right);
    }
    if (left instanceof Boolean first) {
      return Boolean.compare(first, (Boolean) right);
    }
    return ((Instant) left).compareTo((Instant) right);
  }

  private static int order(double left, double right) {
    if (left < right) {
      return -1;
    }
    return left == right ? 0 : 1;
  }
}
