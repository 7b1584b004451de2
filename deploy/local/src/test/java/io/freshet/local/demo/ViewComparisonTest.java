package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ViewComparisonTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final EntityKey ATLANTA = new EntityKey("ATL", null);
  private static final ExpectedView VIEW =
      ExpectedView.named("airport", KeyKind.AIRPORT)
          .count("departures_1h", "1h")
          .average("delay_average_1h", Departure::delay, "1h")
          .build();
  private static final List<Departure> EVENTS =
      List.of(departure("2026-05-01T11:30:00Z", 10), departure("2026-05-01T11:50:00Z", 21));

  @Test
  void holdsWhereEveryValueIsTheRecomputedOne() {
    ViewComparison comparison = compare("[2, 15.5]", NOON, NOON);

    assertThat(comparison.holds()).isTrue();
    assertThat(comparison.equal()).isEqualTo(2);
  }

  @Test
  void failsOnAWrongCount() {
    ViewComparison comparison = compare("[3, 15.5]", NOON, NOON);

    assertThat(comparison.holds()).isFalse();
    assertThat(comparison.different()).isEqualTo(1);
    assertThat(comparison.examples())
        .singleElement()
        .asString()
        .contains("departures_1h of ATL")
        .contains("is 3, expected 2");
  }

  @Test
  void failsOnAnAverageThatIsOffByMoreThanABillionth() {
    assertThat(compare("[2, 15.50000002]", NOON, NOON).holds()).isFalse();
    assertThat(compare("[2, 15.500000000001]", NOON, NOON).holds()).isTrue();
  }

  @Test
  void failsOnANullWhereThereIsAValue() {
    assertThat(compare("[2, null]", NOON, NOON).holds()).isFalse();
  }

  @Test
  void failsOnARowThatWasRightOnceButMissesWhatWasPromised() {
    Instant beforeTheLast = Instant.parse("2026-05-01T11:40:00Z");

    assertThat(compare("[1, 10.0]", beforeTheLast, beforeTheLast).holds()).isTrue();
    assertThat(compare("[1, 10.0]", beforeTheLast, NOON).holds()).isFalse();
  }

  @Test
  void failsOnAMissingRowOnlyIfThereIsSomethingToSay() {
    String missing = answer("[null, null]", "NOT_FOUND", null);

    assertThat(compare(missing, EVENTS, NOON).holds()).isFalse();
    assertThat(compare(missing, EVENTS, NOON).missing()).isEqualTo(2);
    assertThat(compare(missing, List.of(), NOON).holds()).isTrue();
    assertThat(compare(missing, EVENTS, NOON.plusSeconds(7200)).holds()).isTrue();
  }

  @Test
  void doesNotHoldIfNothingWasCompared() {
    assertThat(new ViewComparison(VIEW, Map.of(), NOON).holds()).isFalse();
  }

  private static ViewComparison compare(String values, Instant asOf, Instant promised) {
    return compare(answer(values, "PRESENT", asOf), EVENTS, promised);
  }

  private static ViewComparison compare(String answer, List<Departure> events, Instant promised) {
    ViewComparison comparison = new ViewComparison(VIEW, Map.of(ATLANTA, events), promised);
    comparison.compare(List.of(ATLANTA), new LookupAnswer(new JsonMapper().readTree(answer)));
    return comparison;
  }

  private static String answer(String values, String status, @Nullable Instant asOf) {
    String time = asOf == null ? "null" : "\"" + asOf + "\"";
    return """
        {"features": ["airport.departures_1h", "airport.delay_average_1h"],
         "results": [{"values": %s, "statuses": ["%s", "%s"], "asOf": [%s, %s]}]}
        """
        .formatted(values, status, status, time, time);
  }

  private static Departure departure(String time, long delay) {
    return new Departure(Instant.parse(time).toEpochMilli(), delay, 500, "ATL", "ORD");
  }
}
