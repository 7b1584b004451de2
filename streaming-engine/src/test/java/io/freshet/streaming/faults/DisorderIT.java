package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.Departure;
import io.freshet.streaming.Recomputation;
import io.freshet.streaming.ServedRows.Row;
import io.freshet.streaming.Soon;
import io.freshet.streaming.SourceTopics.Letter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Disorder within the bound changes nothing; beyond it every event is counted or named as late. */
@WithFaults
class DisorderIT {
  private static final int SPAN_MILLIS = 300_000;
  private static final int DELAY_MILLIS = 60_000;

  @Test
  void disorderWithinTheBoundGivesTheRowsOfTheSameEventsInOrder(FaultBed bed, FaultSeed seed)
      throws Exception {
    SeededDepartures departures = new SeededDepartures(seed);
    List<Departure> inOrder = departuresOfMinutes(departures, 3_000);
    List<Departure> shuffled = disordered(inOrder, departures.random());
    assertThat(shuffled).isNotEqualTo(inOrder).hasSameElementsAs(inOrder);
    try (Stream ordered = Stream.open(bed, "in-order");
        Stream disordered = Stream.open(bed, "out-of-order")) {
      ordered.send(inOrder);
      disordered.send(shuffled);
      RunningJob one = ordered.submit(null);
      RunningJob other = disordered.submit(null);
      ordered.awaitOracle();
      disordered.awaitOracle();

      assertThat(texts(disordered)).isEqualTo(texts(ordered));
      assertThat(one.metric("lateEvents")).isZero();
      assertThat(other.metric("lateEvents")).isZero();
      assertThat(disordered.counted()).isEqualTo(inOrder.size());
    }
  }

  @Test
  void beyondTheBoundWhatWasProducedIsWhatWasCountedAndWhatWasLate(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, "too-late")) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      stream.awaitProgress();
      long through = stream.rows().completeThrough(stream.view());
      List<Departure> delayed = delayed(departures, 400);
      stream.send(delayed);

      long surelyLate = delayed.stream().filter(event -> event.atMillis() < through).count();
      assertThat(surelyLate).isPositive();
      Soon.eventually(() -> assertThat(stream.counted() + job.metric("lateEvents")).isEqualTo(700));
      Soon.eventually(
          () ->
              assertThat(stream.topics().deadLetters())
                  .hasSize((int) job.metric("lateEvents"))
                  .hasSizeGreaterThanOrEqualTo((int) surelyLate)
                  .allSatisfy(
                      letter ->
                          assertThat(letter.headers()).containsEntry("freshet-kind", "LATE")));
      System.out.println("late: " + job.metric("lateEvents") + " of 700, surely: " + surelyLate);
      stream.rows().matchRecomputation(stream.view(), without(stream));
    }
  }

  private static List<Departure> delayed(SeededDepartures departures, int count) {
    return departures.draw(count).stream()
        .map(
            event ->
                new Departure(
                    event.origin(),
                    event.atMillis() - departures.random().nextInt(DELAY_MILLIS),
                    event.delay()))
        .toList();
  }

  private static List<Departure> departuresOfMinutes(SeededDepartures departures, int count) {
    List<Departure> spread = new ArrayList<>();
    for (Departure departure : departures.draw(count)) {
      long at = departure.atMillis() - departures.random().nextInt(SPAN_MILLIS);
      spread.add(new Departure(departure.origin(), at, departure.delay()));
    }
    spread.sort(Comparator.comparingLong(Departure::atMillis));
    return spread;
  }

  /** No event comes after one that is as much newer as the source's bound. */
  private static List<Departure> disordered(List<Departure> inOrder, Random random) {
    Map<Departure, Long> arrival = new HashMap<>();
    for (Departure departure : inOrder) {
      arrival.put(
          departure, departure.atMillis() + random.nextInt((int) Sources.DISORDER_MILLIS - 1));
    }
    return inOrder.stream().sorted(Comparator.comparing(arrival::get)).toList();
  }

  private static Map<String, String> texts(Stream stream) {
    Map<String, String> texts = new HashMap<>();
    for (String origin : stream.sentByOrigin().keySet()) {
      Row row = stream.row(origin);
      texts.put(
          origin,
          row.asOfMillis()
              + " "
              + row.newestEventMillis()
              + " "
              + Recomputation.text(row.features()));
    }
    return texts;
  }

  /** What was sent, without the dead letters. */
  private static List<Departure> without(Stream stream) {
    List<String> letters =
        new ArrayList<>(stream.topics().deadLetters().stream().map(Letter::value).toList());
    return stream.sent().stream().filter(event -> !letters.remove(event.json())).toList();
  }
}
