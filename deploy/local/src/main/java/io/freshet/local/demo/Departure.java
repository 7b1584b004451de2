package io.freshet.local.demo;

import java.time.Instant;

/**
 * A departure.
 *
 * @param timeMillis when, milliseconds since the epoch
 * @param delay minutes late, negative if early
 * @param distance miles
 */
record Departure(long timeMillis, long delay, long distance, String origin, String destination) {
  Departure at(long otherMillis) {
    return new Departure(otherMillis, delay, distance, origin, destination);
  }

  /** As the event that is sent. */
  String toJson() {
    return "{\"time\":\"%s\",\"delay\":%d,\"distance\":%d,\"origin\":\"%s\",\"destination\":\"%s\"}"
        .formatted(Instant.ofEpochMilli(timeMillis), delay, distance, origin, destination);
  }
}
