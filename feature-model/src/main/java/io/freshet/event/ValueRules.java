package io.freshet.event;

import io.freshet.value.ValueType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value must be, whatever format it comes in; null answers that it is not. */
final class ValueRules {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  private ValueRules() {}

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Half of a surrogate pair has no UTF-8 form: two such texts would be one in a row or key. */
  static @Nullable String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
          return null;
        }
        i++;
      }
    }
    return text;
  }

  /** A time of the years 1 to 9999. */
  static @Nullable Instant plausible(Instant time) {
    return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
  }

  /** An ISO-8601 date and time with an offset, to the millisecond. */
  static @Nullable Instant isoTimestamp(String text) {
    try {
      Instant exact = OffsetDateTime.parse(text).toInstant();
      return plausible(exact.truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * The value that a text writes: decimal digits for int64, a decimal number with or without an
   * exponent for float64, {@code true} or {@code false}, and for a timestamp an ISO-8601 date and
   * time or the digits of milliseconds since the epoch. Nothing may be around it.
   */
  static @Nullable Object fromText(ValueType type, String text) {
    return switch (type) {
      case INT64 -> integer(text);
      case FLOAT64 -> NUMBER.matcher(text).matches() ? finite(Double.parseDouble(text)) : null;
      case STRING -> wellFormed(text);
      case BOOLEAN -> truth(text);
      case TIMESTAMP -> {
        Long millis = integer(text);
        yield millis == null ? isoTimestamp(text) : plausible(Instant.ofEpochMilli(millis));
      }
    };
  }

  private static @Nullable Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static @Nullable Long integer(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return null;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException outOfRange) {
      return null;
    }
  }
}
