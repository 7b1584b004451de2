package io.freshet.value;

import static java.util.Objects.requireNonNull;

/**
 * A named, typed column of a source or a join key of an entity.
 *
 * @param presence whether an event may lack it or carry null
 */
public record Column(String name, ValueType type, Presence presence) {
  /** Whether every event carries the column. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(presence, "presence");
  }

  public static Column required(String name, ValueType type) {
    return new Column(name, type, Presence.REQUIRED);
  }

  public static Column optional(String name, ValueType type) {
    return new Column(name, type, Presence.OPTIONAL);
  }
}
