package io.freshet.value;

import static java.util.Objects.requireNonNull;

/**
 * The type of a feature's value: a scalar, a list of scalars without nulls, or how often each text
 * occurs. A value is of the element's Java class, an immutable {@code List} of it, or a {@code
 * SortedMap<String, Long>} in ascending order of the texts.
 *
 * @param element of a scalar its type, of a list that of its elements, of counts {@code INT64}
 */
public record FeatureType(Shape shape, ValueType element) {
  /** Text to int64. */
  public static final FeatureType COUNTS = new FeatureType(Shape.COUNTS, ValueType.INT64);

  /** How many values of the element type there are. */
  public enum Shape {
    SCALAR,
    LIST,
    COUNTS
  }

  public FeatureType {
    requireNonNull(element, "element");
    if (shape == Shape.COUNTS && element != ValueType.INT64) {
      throw new IllegalArgumentException("Cannot count in " + element + ": counts are INT64");
    }
  }

  public static FeatureType scalar(ValueType type) {
    return new FeatureType(Shape.SCALAR, type);
  }

  public static FeatureType listOf(ValueType element) {
    return new FeatureType(Shape.LIST, element);
  }

  /** The name in answers: {@code int64}, {@code list<string>}, {@code map<string,int64>}. */
  public String wireName() {
    return switch (shape) {
      case SCALAR -> element.wireName();
      case LIST -> "list<" + element.wireName() + ">";
      case COUNTS -> "map<string,int64>";
    };
  }
}
