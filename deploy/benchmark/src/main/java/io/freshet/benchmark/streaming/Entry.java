package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.Payments;
import io.freshet.benchmark.lab.Workload;
import io.freshet.plan.Delivery;
import io.freshet.plan.StateBackend;
import io.freshet.window.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of the table: a contender and how it is set.
 *
 * @param windows of the engine's view
 * @param subtasks of each operator; the topic must have as many partitions
 * @param share of the measured events that are enough for this one; the slow need fewer
 */
public record Entry(
    Contender contender,
    List<Window> windows,
    StateBackend state,
    Delivery delivery,
    int subtasks,
    double share) {
  private static final double WARM_UP = 0.5;

  static List<Entry> all() {
    return Stream.of(
            Stream.of(single(Contender.LIMIT, List.of(), StateBackend.HASHMAP, 1)),
            Stream.of(StateBackend.values())
                .flatMap(
                    state ->
                        Stream.of(
                            single(Contender.FRESHET, Payments.THREE_WINDOWS, state, 1),
                            single(Contender.FRESHET, Payments.ONE_HOUR, state, 1))),
            peers(StateBackend.HASHMAP, 0.2, 1, 0.5),
            peers(StateBackend.ROCKSDB, 0.02, 0.2, 0.1))
        .flatMap(entries -> entries)
        .toList();
  }

  private static Stream<Entry> peers(StateBackend state, double hop, double sqlHop, double over) {
    return Stream.of(
        single(Contender.HOP, Payments.ONE_HOUR, state, hop),
        single(Contender.SQL_HOP, Payments.ONE_HOUR, state, sqlHop),
        single(Contender.SQL_OVER, Payments.ONE_HOUR, state, over));
  }

  private static Entry single(
      Contender contender, List<Window> windows, StateBackend state, double share) {
    return new Entry(contender, windows, state, Delivery.EXACTLY_ONCE, 1, share);
  }

  /** Whether it needs the history: its longest window is full only then. */
  boolean startsWithHistory() {
    return contender == Contender.FRESHET || contender == Contender.LIMIT;
  }

  long firstEvent(Workload workload) {
    return startsWithHistory() ? 0 : workload.history();
  }

  /** After how many events its measurement begins and ends. */
  List<Long> marks(Workload workload, int measured) {
    long events = Math.round(measured * share);
    long begin =
        (startsWithHistory() ? workload.history() : 0) + Math.round(measured * share * WARM_UP);
    return List.of(begin, begin + events);
  }

  /** How many events of the present all contenders' marks need, and some to go on with. */
  public static int presentFor(int measured) {
    return (int) (measured * (1 + WARM_UP + 0.1));
  }

  String title() {
    if (contender != Contender.FRESHET) {
      return contender.title();
    }
    return contender.title() + (windows.size() > 1 ? " 1 h, 24 h, 7 d" : " 1 h");
  }

  String stateTitle() {
    if (contender == Contender.LIMIT) {
      return "none";
    }
    return state == StateBackend.ROCKSDB ? "RocksDB" : "heap";
  }
}
