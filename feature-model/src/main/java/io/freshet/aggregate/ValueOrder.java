package io.freshet.aggregate;

import io.freshet.value.ValueType;
import java.time.Instant;
import java.util.Comparator;

/** A total order over the values of a type; doubles as {@link Double#compare} has them. */
record ValueOrder(ValueType type) implements Comparator<Object> {
  @Override
  public int compare(Object left, Object right) {
    return switch (type) {
      case INT64 -> Long.compare((Long) left, (Long) right);
      case FLOAT64 -> Double.compare((Double) left, (Double) right);
      case BOOLEAN -> Boolean.compare((Boolean) left, (Boolean) right);
      case TIMESTAMP -> ((Instant) left).compareTo((Instant) right);
      case STRING -> ((String) left).compareTo((String) right);
    };
  }
}
