package io.freshet.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.freshet.batch.Flights.Flight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * Flights of an origin in some hours that are taken away, or whose delay is changed.
 *
 * @param delayed by how much; null takes them away
 */
record Corrected(String origin, Instant from, Instant to, @Nullable Long delayed) {
  private static final List<String> ORIGINS = List.of("ATL", "BOS", "DEN");
  private static final List<Duration> SPANS =
      List.of(Duration.ofHours(1), Duration.ofHours(9), Duration.ofDays(6));

  static Corrected some(Random random, Instant tick) {
    Duration span = SPANS.get(random.nextInt(SPANS.size()));
    Instant from = tick.minus(span.multipliedBy(random.nextInt(1, 3)));
    return new Corrected(
        ORIGINS.get(random.nextInt(ORIGINS.size())),
        from,
        from.plus(span),
        random.nextBoolean() ? null : random.nextLong(1, 50));
  }

  /**
   * @param flights those in the archive
   */
  void applyTo(DeltaTable archive, List<Flight> flights) {
    Column which =
        col("origin").equalTo(origin).and(col("at").geq(lit(from))).and(col("at").lt(lit(to)));
    if (delayed == null) {
      archive.delete(which);
      flights.removeIf(this::concerns);
    } else {
      archive.update(which, Map.of("delay", expr("delay + " + delayed)));
      flights.replaceAll(flight -> concerns(flight) ? later(flight, delayed) : flight);
    }
  }

  private boolean concerns(Flight flight) {
    return flight.origin().equals(origin)
        && !flight.at().isBefore(from)
        && flight.at().isBefore(to);
  }

  private static Flight later(Flight flight, long by) {
    Long delay = flight.delay();
    return new Flight(
        flight.at(),
        flight.origin(),
        flight.destination(),
        delay == null ? null : (Long) (delay + by),
        flight.distance());
  }
}
