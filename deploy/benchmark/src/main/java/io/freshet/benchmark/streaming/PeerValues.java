package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.SeededEvents;
import java.util.List;

/** What peers gave for some cards, compared with a count over all events. */
final class PeerValues {
  private PeerValues() {}

  /**
   * @return how many values were right
   * @throws IllegalStateException if one is wrong or there are none
   */
  static int check(Entry entry, SeededEvents events, List<Observed> observed) {
    int first = Math.toIntExact(entry.firstEvent(events.workload()));
    for (Observed seen : observed) {
      int key = Integer.parseInt(seen.card().substring(1));
      long from = seen.timeMillis() - PeerJobs.WINDOW.toMillis();
      long to = seen.timeMillis() + entry.contender().headroom().toMillis();
      SeededEvents.Tally expected = events.tally(key, first, from, to);
      if (expected.count() != seen.count() || expected.sum() != seen.sum()) {
        throw new IllegalStateException(
            entry.title() + " gave " + seen + " where the events have " + expected);
      }
    }
    if (observed.isEmpty()) {
      throw new IllegalStateException(entry.title() + " gave no values to check");
    }
    return observed.size();
  }
}
