package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.benchmark.lab.Medians;
import io.freshet.benchmark.lab.Payments;
import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Workload;
import io.freshet.benchmark.streaming.Contender;
import io.freshet.benchmark.streaming.Entry;
import io.freshet.benchmark.streaming.Measurement;
import io.freshet.benchmark.streaming.Stage;
import io.freshet.plan.Delivery;
import io.freshet.plan.StateBackend;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same job with each delivery guarantee, in turn. It has two subtasks: with one there is
 * nothing to align. Checkpoints come every ten seconds, as often as a job may have them.
 */
final class GuaranteeComparison {
  private static final int SUBTASKS = 2;

  private GuaranteeComparison() {}

  static int presentFor(int measured) {
    return Entry.presentFor(measured);
  }

  static String run(Servers servers, Workload workload, int measured, int repetitions)
      throws Exception {
    Stage stage = Stage.set(servers, workload, measured, SUBTASKS);
    Map<Delivery, List<Measurement>> results = new EnumMap<>(Delivery.class);
    for (int i = 0; i < repetitions; i++) {
      for (Delivery delivery : Delivery.values()) {
        Measurement run =
            stage.run(
                new Entry(
                    Contender.FRESHET,
                    Payments.THREE_WINDOWS,
                    StateBackend.HASHMAP,
                    delivery,
                    SUBTASKS,
                    1),
                "");
        System.err.println(delivery + ": " + run);
        results.computeIfAbsent(delivery, any -> new ArrayList<>()).add(run);
      }
    }
    return table(results);
  }

  private static String table(Map<Delivery, List<Measurement>> results) {
    MarkdownTable table =
        MarkdownTable.of("guarantee", "events/s on the wall", "CPU µs an event", "throughput lost");
    double most = rate(results.getOrDefault(Delivery.AT_LEAST_ONCE, List.of()));
    results.forEach(
        (delivery, runs) ->
            table.row(
                delivery.wireName(),
                String.format(Locale.ROOT, "%,.0f", rate(runs)),
                String.format(Locale.ROOT, "%.1f", Medians.of(runs, Measurement::cpuMicros)),
                String.format(Locale.ROOT, "%.1f %%", 100 * (1 - rate(runs) / most))));
    table.row("exactly once, as published", "", "", "5 to 15 %");
    return table.text();
  }

  private static double rate(List<Measurement> runs) {
    return Medians.of(runs, Measurement::rate);
  }
}
