package io.freshet.expression;

import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Expressions that the fast path takes, and rows of awkward values for them. */
final class RandomExpression {
  static final List<Column> COLUMNS =
      List.of(
          Column.optional("i", ValueType.INT64),
          Column.optional("j", ValueType.INT64),
          Column.optional("d", ValueType.FLOAT64),
          Column.optional("e", ValueType.FLOAT64),
          Column.optional("s", ValueType.STRING),
          Column.optional("t", ValueType.STRING),
          Column.optional("b", ValueType.BOOLEAN),
          Column.optional("c", ValueType.BOOLEAN),
          Column.optional("at", ValueType.TIMESTAMP),
          Column.optional("on", ValueType.TIMESTAMP));

  private static final List<Long> INTEGERS =
      List.of(0L, 1L, -1L, 15L, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<Double> REALS =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          15.5,
          0x1p53,
          0x1p63,
          -0x1p63,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);
  private static final List<String> TEXTS =
      List.of("", "a", "B", "ab", "é", "\uffff", "\ud83d\ude00", "\ue000", "Straße");
  private static final List<Instant> TIMES =
      List.of(
          Instant.EPOCH,
          Instant.ofEpochMilli(-1),
          Instant.parse("2026-01-05T13:30:00.250Z"),
          Instant.parse("2026-01-05T13:30:00.251Z"));
  private static final List<String> RELATIONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private final Random random;

  RandomExpression(Random random) {
    this.random = random;
  }

  /** A text whose value is a boolean, or one of two values of a type. */
  String text() {
    if (random.nextInt(4) > 0) {
      return condition(2);
    }
    ValueType type = oneOf(List.of(ValueType.values()));
    return "%s ? %s : %s".formatted(condition(1), operand(type), operand(type));
  }

  @Nullable Object[] row() {
    @Nullable Object[] row = new @Nullable Object[COLUMNS.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = random.nextInt(5) == 0 ? null : value(COLUMNS.get(i).type());
    }
    return row;
  }

  private Object value(ValueType type) {
    return switch (type) {
      case INT64 -> oneOf(INTEGERS);
      case FLOAT64 -> oneOf(REALS);
      case STRING -> oneOf(TEXTS);
      case BOOLEAN -> random.nextBoolean();
      case TIMESTAMP -> oneOf(TIMES);
    };
  }

  private String condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> operand(ValueType.BOOLEAN);
      case 1, 2 -> comparison();
      case 3 -> "!(" + condition(depth - 1) + ")";
      case 4 -> "(" + condition(depth - 1) + ") && (" + condition(depth - 1) + ")";
      default -> "(" + condition(depth - 1) + ") || (" + condition(depth - 1) + ")";
    };
  }

  private String comparison() {
    if (random.nextInt(3) == 0) {
      ValueType left = random.nextBoolean() ? ValueType.INT64 : ValueType.FLOAT64;
      ValueType right = left == ValueType.INT64 ? ValueType.FLOAT64 : ValueType.INT64;
      return operand(left) + " " + oneOf(RELATIONS.subList(2, 6)) + " " + operand(right);
    }
    ValueType type = oneOf(List.of(ValueType.values()));
    return operand(type) + " " + oneOf(RELATIONS) + " " + operand(type);
  }

  private String operand(ValueType type) {
    if (type == ValueType.TIMESTAMP || random.nextInt(5) < 3) {
      return oneOf(COLUMNS.stream().filter(column -> column.type() == type).toList()).name();
    }
    Object value = value(type);
    if (value instanceof Double real && !Double.isFinite(real)) {
      return "15.0";
    }
    return value instanceof String text ? "'" + text + "'" : value.toString();
  }

  private <T> T oneOf(List<T> candidates) {
    return candidates.get(random.nextInt(candidates.size()));
  }
}
