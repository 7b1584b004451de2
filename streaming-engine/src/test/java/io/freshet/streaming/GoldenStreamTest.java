package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.GoldenCase;
import io.freshet.oracle.GoldenCase.Expectation;
import io.freshet.oracle.SameValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden files, replayed by the operators of the job. A row's as-of time is never before 1970,
 * for the online store has no such versions: expectations as of earlier are the kernel's alone.
 */
class GoldenStreamTest {
  static List<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOperatorsAnswerAsTheGoldenFilesSay(GoldenCase golden) throws Exception {
    for (long asOf : asOfTimes(golden)) {
      try (StreamedView view = open(golden)) {
        for (byte[] event : eventsBefore(golden, asOf)) {
          view.receive(event);
        }
        view.completeThrough(asOf);
        assertRows(golden, asOf, view);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOperatorsGoOnFromACheckpointInTheMiddle(GoldenCase golden) throws Exception {
    for (long asOf : asOfTimes(golden)) {
      try (StreamedView view = open(golden)) {
        List<byte[]> events = eventsBefore(golden, asOf);
        for (int i = 0; i < events.size(); i++) {
          if (i == events.size() / 2) {
            view.restart();
          }
          view.receive(events.get(i));
        }
        view.restart();
        view.completeThrough(asOf);
        assertRows(golden, asOf, view);
      }
    }
  }

  private static StreamedView open(GoldenCase golden) throws Exception {
    return new StreamedView(golden.source(), golden.view(), GoldenCase.ARRIVAL_MILLIS);
  }

  private static Set<Long> asOfTimes(GoldenCase golden) {
    Set<Long> times = new TreeSet<>();
    golden.expectations().stream()
        .map(Expectation::asOfMillis)
        .filter(asOf -> asOf >= 0)
        .forEach(times::add);
    return times;
  }

  private static List<byte[]> eventsBefore(GoldenCase golden, long asOfMillis) {
    EventDecoder decoder = new EventDecoder(golden.source());
    return golden.events().stream()
        .filter(
            json ->
                decoder.decode(json, GoldenCase.ARRIVAL_MILLIS) instanceof Event event
                    && event.timeMillis() < asOfMillis)
        .toList();
  }

  private static void assertRows(GoldenCase golden, long asOfMillis, StreamedView view) {
    assertThat(view.late()).isZero();
    Map<String, @Nullable Object[]> rows = view.newestRows();
    @Nullable Object[] ofNoEvents =
        BruteForceOracle.valuesAsOf(golden.view(), List.of(), asOfMillis);
    for (Expectation expectation : golden.expectations()) {
      if (expectation.asOfMillis() == asOfMillis) {
        @Nullable Object[] actual = rows.getOrDefault(expectation.key(), ofNoEvents);
        assertThat(SameValue.allSame(actual, expectation.values()))
            .as(
                "%s of %s as of %s: %s should be %s",
                golden.name(),
                expectation.key(),
                Instant.ofEpochMilli(asOfMillis),
                Arrays.toString(actual),
                Arrays.toString(expectation.values()))
            .isTrue();
      }
    }
  }
}
