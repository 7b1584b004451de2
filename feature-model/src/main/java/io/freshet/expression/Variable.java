package io.freshet.expression;

import static java.util.Objects.requireNonNull;

import io.freshet.value.Column;
import io.freshet.value.FeatureType;

/**
 * What an expression may name.
 *
 * @param name an identifier, or several with dots between them: {@code payments.last_at}
 * @param type of its values; a list is CEL's list, counts are its map of string to int
 */
public record Variable(String name, FeatureType type) {
  public Variable {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
  }

  /** A column under its own name. */
  public static Variable of(Column column) {
    return new Variable(column.name(), FeatureType.scalar(column.type()));
  }
}
