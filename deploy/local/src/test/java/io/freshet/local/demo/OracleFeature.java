package io.freshet.local.demo;

import io.freshet.local.demo.Expected.Exactly;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A feature, worked out from all flights of a key.
 *
 * @param windowMillis empty if it is over all of the past
 * @param rule what the flights of a window give, of which there is at least one
 */
record OracleFeature(
    String name,
    OptionalLong windowMillis,
    Exactly ofNothing,
    Function<HeldFlights, Expected> rule) {
  /**
   * The value as of a time.
   *
   * @param rows of the key, in time order
   */
  Expected asOf(long asOfMillis, FlightTable flights, int[] rows) {
    long from =
        windowMillis.isEmpty()
            ? Long.MIN_VALUE
            : Windows.startAsOf(asOfMillis, windowMillis.getAsLong());
    HeldFlights held = HeldFlights.between(flights, rows, from, asOfMillis);
    return held.isEmpty() ? ofNothing : rule.apply(held);
  }
}
