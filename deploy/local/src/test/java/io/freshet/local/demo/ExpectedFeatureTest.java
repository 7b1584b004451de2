package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedFeatureTest {
  @ParameterizedTest
  @CsvSource({
    // The window starts at the hop of its length: 10 s, 5 min, 1 h and 1 h.
    "10m, 2026-05-01T12:00:19Z, 2026-05-01T11:50:10Z",
    "1h, 2026-05-01T12:03:00Z, 2026-05-01T11:00:00Z",
    "12h, 2026-05-01T12:59:00Z, 2026-05-01T00:00:00Z",
    "7d, 2026-05-08T12:59:00Z, 2026-05-01T12:00:00Z"
  })
  void holdsEventsFromTheRoundedTailToTheExactHead(String window, Instant asOf, Instant start) {
    ExpectedFeature count = count(window);

    assertThat(count.asOf(asOf.toEpochMilli(), List.of(at(start)))).isEqualTo(1L);
    assertThat(count.asOf(asOf.toEpochMilli(), List.of(at(start.minusMillis(1))))).isEqualTo(0L);
    assertThat(count.asOf(asOf.toEpochMilli(), List.of(at(asOf.minusMillis(1))))).isEqualTo(1L);
    assertThat(count.asOf(asOf.toEpochMilli(), List.of(at(asOf)))).isEqualTo(0L);
  }

  @Test
  void nothingHasACountOfZeroAndNoAverage() {
    ExpectedView view =
        ExpectedView.named("view", KeyKind.AIRPORT)
            .count("count", "1h")
            .average("average", Departure::delay, "1h")
            .build();

    assertThat(view.features().get(0).asOf(0, List.of())).isEqualTo(0L);
    assertThat(view.features().get(1).asOf(0, List.of())).isNull();
  }

  private static ExpectedFeature count(String window) {
    return ExpectedView.named("view", KeyKind.AIRPORT)
        .count("count", window)
        .build()
        .features()
        .get(0);
  }

  private static Departure at(Instant time) {
    return new Departure(time.toEpochMilli(), 0, 100, "ATL", "ORD");
  }
}
