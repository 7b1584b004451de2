package io.freshet.platform.lookup;

import io.freshet.value.ValueType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A member of a request's row as a value, by the rules that hold for JSON events. */
final class GivenValue {
  private GivenValue() {}

  /** Null if the member is not of the type. */
  static @Nullable Object of(Object given, ValueType type) {
    return switch (type) {
      case INT64 -> integer(given);
      case FLOAT64 -> number(given);
      case STRING -> given instanceof String ? given : null;
      case BOOLEAN -> given instanceof Boolean ? given : null;
      case TIMESTAMP -> timestamp(given);
    };
  }

  private static @Nullable Long integer(Object given) {
    return given instanceof Integer || given instanceof Long ? ((Number) given).longValue() : null;
  }

  private static @Nullable Double number(Object given) {
    return given instanceof Number number && Double.isFinite(number.doubleValue())
        ? (Double) number.doubleValue()
        : null;
  }

  private static @Nullable Instant timestamp(Object given) {
    if (given instanceof String text) {
      try {
        long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
        return Instant.ofEpochMilli(millis);
      } catch (DateTimeParseException | ArithmeticException e) {
        return null;
      }
    }
    Long millis = integer(given);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
