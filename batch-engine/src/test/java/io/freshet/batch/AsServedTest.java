package io.freshet.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.LabelledFlights.Arrived;
import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.SameValue;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.ViewPlan;
import io.freshet.serving.ServingDelay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What labels see of tiers, compared with looking at every event for every label. */
@ExtendWith(BatchServers.Extension.class)
class AsServedTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-09T00:00:00Z");
  private static final String SETTING = "spark.freshet.training.entries-a-task";
  private static final String SOURCE = "served";

  private static final List<ViewPlan> VIEWS =
      List.of(
          TrainingViews.served(TrainingViews.origins(SOURCE), 1, Tier.HOURLY, Duration.ofDays(30)),
          TrainingViews.served(Flights.routeDelays(2, SOURCE), 2, Tier.DAILY, Duration.ofHours(30)),
          TrainingViews.served(
              Flights.routeDelays(3, SOURCE), 3, Tier.STREAMING, Duration.ofHours(6)),
          TrainingViews.served(
              TrainingViews.origins(SOURCE), 4, Tier.STREAMING, Duration.ofDays(30)),
          TrainingViews.served(
              Flights.originDelays(5, SOURCE), 5, Tier.HOURLY, Duration.ofDays(3)));

  private final SparkSession spark;
  private final LabelledFlights labelled;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  AsServedTest(BatchServers servers, @TempDir Path folder) {
    this.spark = servers.spark().newSession();
    this.labelled = new LabelledFlights(spark, folder, Flights.source(SOURCE));
  }

  @Test
  void everyLabelHasWhatItsTierHadOnline() {
    List<Arrived> flights = flights(2_000);

    assertServed(written(Mode.AS_SERVED, flights), flights);
  }

  @Test
  void keysThatAreSplitHaveTheSameValues() {
    List<Arrived> flights = flights(2_000);
    spark.conf().set(SETTING, "100");

    assertServed(written(Mode.AS_SERVED, flights), flights);
  }

  @Test
  void keysThatAreSplitHaveTheSameExactValues() {
    List<Arrived> flights = flights(2_000);
    spark.conf().set(SETTING, "100");

    for (Row row : written(Mode.EXACT, flights)) {
      for (ViewPlan view : VIEWS) {
        List<Arrived> ofKey = LabelledFlights.ofKey(row, view, flights);
        assertSame(
            row,
            view,
            BruteForceOracle.valuesAsOf(
                view.view(), LabelledFlights.events(ofKey), LabelledFlights.labelTime(row)));
      }
    }
  }

  @Test
  void whatArrivedAtTheLabelOrLaterNeverCounts() {
    Instant label = FROM.plus(Duration.ofHours(5)).plusSeconds(1_800);
    Instant before = label.minusSeconds(3_600);
    long online = delay(Tier.STREAMING).onlineMillis();
    labelled
        .archive(
            List.of(
                new Arrived(flight(before), label.minusMillis(online + 1)),
                new Arrived(flight(before), label.minusMillis(online)),
                new Arrived(flight(before), label),
                new Arrived(flight(before), label.plusMillis(1)),
                new Arrived(flight(label), label.minusMillis(online + 1)),
                new Arrived(flight(label.plusMillis(1)), label.minusSeconds(30))))
        .labels(List.of(RowFactory.create("ATL", "BOS", label, 1.0, true)));
    TrainingSetPlan plan = labelled.plan(Mode.AS_SERVED, List.of(VIEWS.get(0), VIEWS.get(3)));

    labelled.write(plan);

    Row row = labelled.written(plan).get(0);
    assertThat(row.<Long>getAs("view_4__departures_ever")).isEqualTo(1);
    assertThat(row.<Long>getAs("view_1__departures_ever")).isNull();
  }

  @Test
  void aTickCountsOnceItsRowsWereOnline() {
    Instant tick = FROM.plus(Duration.ofHours(5));
    ServingDelay delay = delay(Tier.HOURLY);
    labelled
        .archive(
            List.of(
                new Arrived(flight(tick.minusMillis(1)), tick.plusMillis(4_999)),
                new Arrived(flight(tick.minusMillis(1)), tick.plusMillis(5_000)),
                new Arrived(flight(tick), tick)))
        .labels(
            List.of(
                label(tick.plusMillis(delay.onlineMillis())),
                label(tick.plusMillis(delay.onlineMillis() + 1)),
                label(tick.plusMillis(3_600_000 + delay.onlineMillis())),
                label(tick.plusMillis(3_600_000 + delay.onlineMillis() + 1))));
    TrainingSetPlan plan = labelled.plan(Mode.AS_SERVED, VIEWS.subList(0, 1));

    labelled.write(plan);

    assertThat(
            labelled.written(plan).stream()
                .sorted(Comparator.comparingLong(LabelledFlights::labelTime))
                .map(row -> row.<Long>getAs("view_1__departures_ever")))
        .containsExactly(null, 1L, 1L, 3L);
  }

  @Test
  void copiesCountOnceFromTheFirstThatArrived(@TempDir Path another) {
    Instant label = FROM.plus(Duration.ofHours(5));
    Instant at = label.minusSeconds(3_600);
    LabelledFlights copied = new LabelledFlights(spark, another, copied());
    copied
        .archive(
            List.of(
                new Arrived(flight(at), at),
                new Arrived(flight(at), at.plusSeconds(1)),
                new Arrived(flight(at.minusSeconds(7_200)), at.plusSeconds(2))))
        .labels(List.of(label(at.plusMillis(2_001)), label(label)));
    spark.conf().set(SETTING, "1");
    TrainingSetPlan plan = copied.plan(Mode.AS_SERVED, VIEWS.subList(3, 4));

    copied.write(plan);

    assertThat(
            copied.written(plan).stream()
                .sorted(Comparator.comparingLong(LabelledFlights::labelTime))
                .map(row -> row.<Long>getAs("view_4__departures_ever")))
        .containsExactly(1L, 2L);
  }

  /** Flights to one destination within an hour are copies. */
  private static SourcePlan copied() {
    SourcePlan plain = Flights.source(SOURCE);
    return new SourcePlan(
        plain.project(),
        plain.name(),
        plain.columns(),
        plain.eventTime(),
        plain.topic(),
        plain.maxDisorderMillis(),
        plain.maxFutureMillis(),
        null,
        new Deduplication("destination", 3_600_000));
  }

  /** The training set of 400 labels. */
  private List<Row> written(Mode mode, List<Arrived> flights) {
    labelled.archive(flights).labels(labels(flights, 400));
    TrainingSetPlan plan = labelled.plan(mode, VIEWS);
    labelled.write(plan);
    return labelled.written(plan);
  }

  /** Some arrive at once, some after seconds, some after days. */
  private List<Arrived> flights(int count) {
    List<Arrived> flights = new ArrayList<>();
    for (Flight flight : Flights.random(seed, count, FROM, TO)) {
      int[] bounds = {1, 10_000, 3_600_000, 200_000_000};
      long delay = random.nextInt(bounds[random.nextInt(bounds.length)]);
      flights.add(new Arrived(flight, flight.at().plusMillis(delay)));
    }
    return flights;
  }

  /** Many around the instants at which something comes online. */
  private List<Row> labels(List<Arrived> flights, int count) {
    List<Row> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Arrived one = flights.get(random.nextInt(flights.size()));
      Instant at =
          switch (random.nextInt(4)) {
            case 0 -> one.flight().at();
            case 1 -> one.at().plusMillis(1_999 + random.nextInt(4));
            case 2 ->
                FROM.plus(Duration.ofHours(random.nextInt(200)))
                    .plusMillis(delay(Tier.HOURLY).onlineMillis() + random.nextInt(3));
            default -> one.at().plusMillis(random.nextInt(200_000_000));
          };
      String origin = random.nextInt(20) == 0 ? "XXX" : one.flight().origin();
      labels.add(RowFactory.create(origin, one.flight().destination(), at, 1.0, true));
    }
    return labels;
  }

  private void assertServed(List<Row> rows, List<Arrived> flights) {
    assertThat(rows).hasSize(400);
    for (Row row : rows) {
      for (ViewPlan view : VIEWS) {
        assertSame(
            row, view, ServedOracle.values(row, view, LabelledFlights.ofKey(row, view, flights)));
      }
    }
  }

  private void assertSame(Row row, ViewPlan view, @Nullable Object[] expected) {
    @Nullable Object[] actual = LabelledFlights.features(row, view);
    assertThat(SameValue.allSame(actual, expected))
        .as(
            "seed %d: %s of %s, expected %s",
            seed, view.view().name(), row, Arrays.toString(expected))
        .isTrue();
  }

  private static ServingDelay delay(Tier tier) {
    return requireNonNull(LabelledFlights.DELAYS.get(tier));
  }

  private static Flight flight(Instant at) {
    return new Flight(at, "ATL", "BOS", 1L, 1.0);
  }

  private static Row label(Instant at) {
    return RowFactory.create("ATL", "BOS", at, 1.0, true);
  }
}
