package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BatchServers.Extension.class)
class ChangedSourceTest {
  private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
  private static final Instant AT = NOW.minus(Duration.ofMinutes(30));

  private final BatchServers servers;
  private final Path folder;

  ChangedSourceTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void anAddedAvroFieldIsAnAddedColumnOfTheArchiveAndNullBefore() throws Exception {
    Scenario before =
        new Scenario(servers, folder, "grown").readAs(Visits.earlier("grown")).createTopic();
    ViewPlan counts = counts(81);
    before.sendBytes(
        Arrays.asList(Visits.event(AT, "ATL"), Visits.event(AT, "BOS"), new byte[] {1, 2, 3}));

    BatchRunResult first = before.run(before.plan("g1", NOW, 1, counts));

    assertThat(first.archivedEvents()).isEqualTo(2);
    assertThat(first.rejectedEvents()).isEqualTo(1);
    assertThat(before.table(before.warehouse().rejected(), "kind"))
        .singleElement()
        .satisfies(row -> assertThat(row.<String>getAs("kind")).isEqualTo("MALFORMED"));

    Scenario after = before.readAs(Visits.withDelay("grown"));
    ViewPlan delays = delays(82);
    before.sendBytes(
        Arrays.asList(Visits.event(AT, "ATL"), Visits.event(AT.plusSeconds(60), "ATL", 7)));
    BatchRunResult second = after.run(after.plan("g2", NOW, 2, counts, delays));

    assertThat(second.archivedEvents()).isEqualTo(2);
    assertThat(second.rejectedEvents()).isZero();
    assertThat(after.table(after.warehouse().archive(), "delay"))
        .extracting(row -> row.<Object>getAs("delay"))
        .containsExactly(null, null, null, 7L);
    assertThat(after.served(counts, List.of(List.of("ATL"), List.of("BOS"))))
        .isEqualTo(
            Map.of(
                List.of("ATL"), List.of(AT.plusSeconds(60), 3L), List.of("BOS"), List.of(AT, 1L)));
    assertThat(after.served(delays, List.of(List.of("ATL"), List.of("BOS"))))
        .isEqualTo(
            Map.of(
                List.of("ATL"),
                List.of(AT.plusSeconds(60), 7L),
                List.of("BOS"),
                Arrays.asList(AT, null)));
  }

  @Test
  void anArchiveWithoutANewColumnIsReadAsIfItWereNull() throws Exception {
    Scenario before =
        new Scenario(servers, folder, "idle").readAs(Visits.earlier("idle")).createTopic();
    before.sendBytes(Arrays.asList(Visits.event(AT, "ATL"), null));
    before.run(before.plan("i1", NOW, 1));
    Scenario after = before.readAs(Visits.withDelay("idle"));
    ViewPlan delays = delays(83, "idle");

    after.run(after.plan("i2", NOW, 1, delays));

    assertThat(after.table(after.warehouse().archive(), "_offset"))
        .singleElement()
        .extracting(Row::length)
        .isEqualTo(6);
    assertThat(after.served(delays, List.of(List.of("ATL"))))
        .isEqualTo(Map.of(List.of("ATL"), Arrays.asList(AT, null)));
  }

  private static ViewPlan counts(int number) {
    return Flights.view(
        number,
        "grown",
        List.of("origin"),
        List.of(),
        List.of(
            Flights.feature(
                "departures", Aggregation.COUNT, FeaturePlan.NO_INPUT, 6, ValueType.INT64)));
  }

  private static ViewPlan delays(int number) {
    return delays(number, "grown");
  }

  private static ViewPlan delays(int number, String source) {
    return Flights.view(
        number,
        source,
        List.of("origin"),
        List.of(new InputPlan("delay", ValueType.INT64)),
        List.of(Flights.feature("delay_sum", Aggregation.SUM, 0, 6, ValueType.INT64)));
  }
}
