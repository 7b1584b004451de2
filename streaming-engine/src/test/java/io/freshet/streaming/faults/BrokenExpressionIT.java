package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Departure;
import io.freshet.streaming.Flights;
import io.freshet.streaming.Soon;
import io.freshet.streaming.SourceTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A view whose expression fails on some events loses those, and harms no other view. */
@WithFaults
class BrokenExpressionIT {
  private static final String PROJECT = "broken-expression";
  private static final int EVENTS = 500;
  private static final int MOST_DELAY = 60;

  @Test
  void theEventsThatItFailsOnAreDeadLettersOfItAlone(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, PROJECT)) {
      ViewPlan ratio = Flights.view(PROJECT, "ratio", 2, 600_000, "100 / delay > 2");
      RunningJob job = stream.submit(null, List.of(stream.view(), ratio));
      List<Departure> all = draw(seed);
      List<Departure> broken = all.stream().filter(event -> fails(event.delay())).toList();
      assertThat(broken).isNotEmpty();

      stream.send(all);

      stream.awaitOracle();
      Soon.eventually(
          () ->
              stream
                  .rows()
                  .matchRecomputation(
                      ratio, all.stream().filter(event -> passes(event.delay())).toList()));
      Soon.eventually(() -> assertThat(letters(stream)).hasSizeGreaterThanOrEqualTo(broken.size()));
      assertThat(letters(stream))
          .allSatisfy(
              letter ->
                  assertThat(letter.headers())
                      .containsEntry("freshet-kind", "EXPRESSION_FAILED")
                      .containsEntry("freshet-view", "ratio"))
          .extracting(letter -> letter.value())
          .containsExactlyInAnyOrderElementsOf(broken.stream().map(Departure::json).toList());
      Soon.eventually(() -> assertThat(job.metric("deadLetters")).isEqualTo(broken.size()));
      stream.awaitProgress();
      long behind = System.currentTimeMillis() - Sources.DISORDER_MILLIS;
      Soon.eventually(() -> assertThat(stream.rows().completeThrough(ratio)).isGreaterThan(behind));
      assertThat(job.state()).isEqualTo("RUNNING");
    }
  }

  /** All with a delay, one in a dozen of them of zero minutes. */
  private static List<Departure> draw(FaultSeed seed) {
    SeededDepartures departures = new SeededDepartures(seed);
    Random random = departures.random();
    List<Departure> drawn = new ArrayList<>();
    for (Departure departure : departures.draw(EVENTS)) {
      long delay = random.nextInt(12) == 0 ? 0 : random.nextInt(-MOST_DELAY, MOST_DELAY);
      drawn.add(new Departure(departure.origin(), departure.atMillis(), delay));
    }
    return drawn;
  }

  private static List<SourceTopics.Letter> letters(Stream stream) {
    return stream.topics().deadLetters();
  }

  private static boolean fails(@Nullable Long delay) {
    return delay != null && delay == 0;
  }

  private static boolean passes(@Nullable Long delay) {
    return delay != null && delay != 0 && 100 / delay > 2;
  }
}
