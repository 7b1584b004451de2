package io.freshet.streaming;

import org.jspecify.annotations.Nullable;

/** A departure that was sent. */
public record Departure(String origin, long atMillis, @Nullable Long delay) {
  public String json() {
    return Flights.event(origin, atMillis, delay);
  }
}
