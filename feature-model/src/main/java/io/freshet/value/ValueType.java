package io.freshet.value;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The types of columns, inputs, join keys and feature values, with the Java class of a value. */
public enum ValueType {
  /** A signed 64-bit integer. */
  INT64(Long.class),
  /** An IEEE 754 double, ordered as {@link Double#compare} orders. */
  FLOAT64(Double.class),
  /** Unicode text. */
  STRING(String.class),
  BOOLEAN(Boolean.class),
  /** An instant of millisecond precision. */
  TIMESTAMP(Instant.class);

  private final Class<?> javaType;

  ValueType(Class<?> javaType) {
    this.javaType = javaType;
  }

  public Class<?> javaType() {
    return javaType;
  }

  public boolean isNumber() {
    return this == INT64 || this == FLOAT64;
  }

  /** The name in definitions and answers: {@code int64}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ValueType> ofWireName(String name) {
    for (ValueType type : values()) {
      if (type.wireName().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
