package io.freshet.local.demo;

import io.freshet.local.demo.PlainRules.Timed;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The flights of one key that a window holds: at least one, in time order. */
final class HeldFlights {
  private final FlightTable flights;
  private final int[] rows;
  private final int from;
  private final int to;

  private HeldFlights(FlightTable flights, int[] rows, int from, int to) {
    this.flights = flights;
    this.rows = rows;
    this.from = from;
    this.to = to;
  }

  /**
   * @param rows of one key, in time order
   * @param fromMillis the first time that is held
   * @param toMillis the first time that is not held any more
   */
  static HeldFlights between(FlightTable flights, int[] rows, long fromMillis, long toMillis) {
    return new HeldFlights(
        flights, rows, firstAt(flights, rows, fromMillis), firstAt(flights, rows, toMillis));
  }

  boolean isEmpty() {
    return size() == 0;
  }

  long size() {
    return (long) to - from;
  }

  LongStream times() {
    return rows().mapToLong(flights::time);
  }

  LongStream delays() {
    return rows().mapToLong(flights::delay);
  }

  LongStream distances() {
    return rows().mapToLong(flights::distance);
  }

  Stream<String> destinations() {
    return rows().mapToObj(flights::destination);
  }

  Stream<Long> delayDistancePairs() {
    return rows().mapToObj(row -> flights.delay(row) * 10_000 + flights.distance(row));
  }

  Stream<Timed<Long>> timedDelays() {
    return rows().mapToObj(row -> new Timed<>(flights.time(row), flights.delay(row)));
  }

  Stream<Timed<String>> timedDestinations() {
    return rows().mapToObj(row -> new Timed<>(flights.time(row), flights.destination(row)));
  }

  private IntStream rows() {
    return Arrays.stream(rows, from, to);
  }

  /** The place of the first row that does not depart before a time. */
  private static int firstAt(FlightTable flights, int[] rows, long millis) {
    int low = 0;
    int high = rows.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (flights.time(rows[middle]) < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
