package io.freshet.local.demo;

import org.jspecify.annotations.Nullable;

/**
 * A key of one of the demonstration's entities.
 *
 * @param destination null for an airport
 */
record EntityKey(String origin, @Nullable String destination) {
  @Override
  public String toString() {
    return destination == null ? origin : origin + "-" + destination;
  }
}
