package io.freshet.batch;

import static java.util.Objects.requireNonNull;

import io.freshet.batch.LabelledFlights.Arrived;
import io.freshet.oracle.BruteForceOracle;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.serving.ServingDelay;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What a tier had online for a label, by the words of the decision and event by event. */
final class ServedOracle {
  /** A tick of every tier, after every label of a test. */
  private static final Instant AFTER_ALL = Instant.parse("2026-04-01T00:00:00Z");

  private ServedOracle() {}

  /** The features of a view for a label; all null where a lookup finds no row. */
  static @Nullable Object[] values(Row row, ViewPlan view, List<Arrived> ofKey) {
    long label = LabelledFlights.labelTime(row);
    ServingDelay delay = requireNonNull(LabelledFlights.DELAYS.get(view.tier()));
    boolean ticks = view.tier() != Tier.STREAMING;
    long tick = ticks ? newestTick(view.tier(), delay, label) : label;
    long arrivedBefore = ticks ? tick + delay.archiveMillis() : label - delay.onlineMillis();
    List<Arrived> seen =
        ofKey.stream()
            .filter(one -> one.flight().at().toEpochMilli() < tick)
            .filter(one -> one.at().toEpochMilli() < arrivedBefore)
            .toList();
    long newest =
        seen.stream()
            .mapToLong(one -> one.flight().at().toEpochMilli())
            .max()
            .orElse(Long.MIN_VALUE);
    if (seen.isEmpty() || label - newest > view.view().ttlMillis()) {
      return new @Nullable Object[view.view().features().size()];
    }
    long decayed =
        ticks ? tick : label - delay.onlineMillis() - Flights.source("any").maxDisorderMillis();
    return BruteForceOracle.valuesAsOf(
        view.view(), LabelledFlights.events(seen), Math.max(newest + 1, decayed));
  }

  private static long newestTick(Tier tier, ServingDelay delay, long label) {
    long tick = AFTER_ALL.toEpochMilli();
    while (tick + delay.onlineMillis() >= label) {
      tick -= tier.period().toMillis();
    }
    return tick;
  }
}
