package io.freshet.value;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

/**
 * A named, typed column of a source or a join key of an entity.
 *
 * @param presence whether an event may lack it or carry null
 * @param path where an event has it: the names of nested fields with dots between them; its name
 *     where a plan does not say. A join key is at no path, and has its name there
 * @param coercion whether its value may arrive as text; {@link Coercion#NONE} where a plan does not
 *     say
 */
public record Column(
    String name, ValueType type, Presence presence, String path, Coercion coercion) {
  /** Whether every event carries the column. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /** Whether a value may arrive in another form than its own. */
  public enum Coercion {
    /** It may not. */
    NONE,
    /** A number, boolean or timestamp may be written as text. */
    FROM_TEXT
  }

  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(presence, "presence");
    path = requireNonNullElse(path, name);
    coercion = requireNonNullElse(coercion, Coercion.NONE);
  }

  public static Column required(String name, ValueType type) {
    return new Column(name, type, Presence.REQUIRED, name, Coercion.NONE);
  }

  public static Column optional(String name, ValueType type) {
    return new Column(name, type, Presence.OPTIONAL, name, Coercion.NONE);
  }

  /** The same column at another path of the event. */
  public Column at(String nestedPath) {
    return new Column(name, type, presence, nestedPath, coercion);
  }

  /** The same column, whose value may arrive as text. */
  public Column fromText() {
    return new Column(name, type, presence, path, Coercion.FROM_TEXT);
  }
}
