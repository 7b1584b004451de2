package io.freshet.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.ConsistencyResult.Example;
import io.freshet.plan.ConsistencyResult.Finding;
import io.freshet.plan.ConsistencyResult.Mismatched;
import io.freshet.plan.ConsistencyResult.Skip;
import io.freshet.plan.ConsistencyResult.ViewResult;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of rows of both engines, of damaged ones, and of those that tell nothing. */
@ExtendWith(BatchServers.Extension.class)
class ConsistencyTest {
  private static final long SEED = 20260301; // Of every random event here.

  /** Lateness is reckoned from arrivals, which are now. */
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);

  /** What the stream is complete through. */
  private final Instant complete = now.minusSeconds(120);

  private final BatchServers servers;
  private final Path folder;

  ConsistencyTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void rowsOfBothEnginesAreEqualUntilTheyAreDamaged() throws Exception {
    StreamedRows rows = new StreamedRows(servers, complete);
    Scenario flights = scenario("checked", Duration.ofDays(2));
    ViewPlan batch = Flights.originDelays(901, "checked");
    ViewPlan stream = streaming(Flights.routeDelays(902, "checked"));
    List<Flight> events =
        new ArrayList<>(Flights.random(SEED, 300, now.minus(Duration.ofDays(1)), now));
    flights.send(events);
    flights.run(flights.plan("b", now, 1, batch));
    // After the run of the batch view, and after what the stream is complete through.
    Flight first = flight(10, "ATL", "BOS");
    Flight lacking = flight(60, "ATL", "BOS");
    Flight hot = flight(10, "JFK", "BOS");
    Flight next = flight(60, "JFK", "BOS");
    Flight hotAndWrong = flight(10, "JFK", "DEN");
    sendTo(flights, 0, first, hot, next, hotAndWrong);
    sendTo(flights, 1, lacking); // Which of two partitions' events came first is not known.
    events.addAll(List.of(first, hot, hotAndWrong));
    rows.serve(stream, events);

    ConsistencyResult healthy = check(flights, 2, batch, stream);

    assertThat(healthy.archivedEvents()).isEqualTo(5);
    for (ViewResult view : healthy.views()) {
      assertThat(view.notChecked()).isNull();
      assertThat(view.examples()).isEmpty();
      assertThat(view.compared()).isEqualTo(view.equal()).isPositive();
    }

    for (ViewPlan view : List.of(batch, stream)) {
      rows.damage(view, key(view, "BOS"));
      rows.delete(view, key(view, "DEN"));
      rows.add(view, key(view, "LNK"), now.minus(Duration.ofHours(1)));
    }
    rows.damage(stream, List.of("JFK", "DEN"));
    List<String> forgotten = rows.forgetNewest(stream, events);

    ConsistencyResult damaged = check(flights, 1, batch, stream);

    ViewResult ofBatch = damaged.views().get(0);
    assertThat(findings(ofBatch))
        .containsExactlyInAnyOrder("WRONG [BOS]", "MISSING [DEN]", "EXTRA [LNK]");
    assertThat(ofBatch.mismatched()).isEqualTo(new Mismatched(1, 0, 0));
    assertThat(List.of(ofBatch.missing(), ofBatch.extra(), ofBatch.equal()))
        .containsExactly(1L, 1L, 3L);
    assertThat(ofBatch.compared()).isEqualTo(6);
    assertThat(ofBatch.skipped()).isEmpty();
    assertThat(ofBatch.worstRelativeDifference()).isGreaterThan(1e-9);
    Example wrong =
        ofBatch.examples().stream()
            .filter(example -> example.finding() == Finding.WRONG)
            .findFirst()
            .orElseThrow();
    assertThat(requireNonNull(wrong.version()).asOfMillis()).isEqualTo(now.toEpochMilli());
    assertThat(requireNonNull(wrong.served()).get("departures_3d"))
        .isEqualTo(
            String.valueOf(
                Long.parseLong(requireNonNull(wrong.recomputed().get("departures_3d"))) + 1));

    ViewResult ofStream = damaged.views().get(1);
    assertThat(findings(ofStream))
        .containsExactlyInAnyOrder(
            "WRONG [BOS, SFO]",
            "WRONG [JFK, DEN]",
            "MISSING [DEN, SFO]",
            "EXTRA [LNK, SFO]",
            "STALE " + forgotten);
    assertThat(ofStream.mismatched()).isEqualTo(new Mismatched(2, 1, 0));
    assertThat(ofStream.skipped()).isEqualTo(Map.of(Skip.UNSETTLED, 1L));
    assertThat(ofStream.compared()).isEqualTo(ofStream.equal() + 5);
  }

  @Test
  void rowsThatLackLateEventsAreSaidToLackThem() throws Exception {
    StreamedRows rows = new StreamedRows(servers, complete);
    Scenario flights = scenario("check_late", Duration.ofSeconds(5));
    ViewPlan stream = streaming(Flights.routeDelays(903, "check_late"));
    Flight early = new Flight(now.minusSeconds(4_000), "ATL", "BOS", 7L, 1);
    Flight late = new Flight(now.minusSeconds(9_000), "ATL", "BOS", 8L, 1);
    Flight other = new Flight(now.minusSeconds(4_000), "DEN", "BOS", 7L, 1);
    flights.send(List.of(early, late, other));
    rows.serve(stream, List.of(early, other));
    rows.damage(stream, List.of("DEN", "BOS"));

    ViewResult view = check(flights, 1, stream).views().get(0);

    assertThat(findings(view)).containsExactlyInAnyOrder("LATE [ATL, BOS]", "WRONG [DEN, BOS]");
    assertThat(view.mismatched()).isEqualTo(new Mismatched(1, 0, 1));
  }

  private Flight flight(int secondsAgo, String origin, String destination) {
    return new Flight(now.minusSeconds(secondsAgo), origin, destination, 9L, 1);
  }

  private static void sendTo(Scenario flights, int partition, Flight... sent) throws Exception {
    List<byte @Nullable []> records = new ArrayList<>();
    for (Flight flight : sent) {
      records.add(flight.json().getBytes(StandardCharsets.UTF_8));
    }
    flights.sendTo(partition, records);
  }

  private Scenario scenario(String name, Duration maxDisorder) {
    SourcePlan plain = Flights.source(name);
    return new Scenario(servers, folder, name)
        .readAs(
            new SourcePlan(
                plain.project(),
                plain.name(),
                plain.columns(),
                plain.eventTime(),
                plain.topic(),
                maxDisorder.toMillis(),
                plain.maxFutureMillis()))
        .createTopic();
  }

  private static List<String> findings(ViewResult view) {
    return view.examples().stream()
        .map(example -> example.finding() + " " + example.key().values())
        .toList();
  }

  private ConsistencyResult check(Scenario flights, int oneIn, ViewPlan... views) {
    return ConsistencyJob.run(
        servers.spark(),
        new ConsistencyPlan(
            "check",
            flights.source(),
            List.of(views),
            oneIn,
            now.toEpochMilli(),
            servers.kafka().bootstrapServers(),
            servers.redis().uri(),
            folder.resolve("warehouse").toString(),
            DeadLetters.SENT_BY_RUN,
            folder.resolve("check.json").toString()));
  }

  private static ViewPlan streaming(ViewPlan view) {
    return ViewPlan.live(view.view(), view.number(), Tier.STREAMING, 1);
  }

  private static List<String> key(ViewPlan view, String origin) {
    return view.view().joinKeys().size() == 1 ? List.of(origin) : List.of(origin, "SFO");
  }
}
