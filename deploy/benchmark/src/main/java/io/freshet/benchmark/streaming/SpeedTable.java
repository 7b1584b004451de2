package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.benchmark.lab.Medians;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of what an event costs: medians over the runs. */
final class SpeedTable {
  private SpeedTable() {}

  static String of(int keys, Map<Entry, List<Measurement>> results) {
    MarkdownTable table =
        MarkdownTable.of(
            "%,d keys".formatted(keys),
            "state",
            "CPU µs an event",
            "least to most",
            "events/s a core",
            "events/s on the wall",
            "Redis CPU µs",
            "values checked");
    results.forEach(
        (entry, runs) ->
            table.row(
                entry.title(),
                entry.stateTitle(),
                decimal(Medians.of(runs, Measurement::cpuMicros)),
                decimal(runs.stream().mapToDouble(Measurement::cpuMicros).min().orElseThrow())
                    + " to "
                    + decimal(
                        runs.stream().mapToDouble(Measurement::cpuMicros).max().orElseThrow()),
                whole(Medians.of(runs, Measurement::perCore)),
                whole(Medians.of(runs, Measurement::rate)),
                entry.contender() == Contender.FRESHET
                    ? decimal(Medians.of(runs, Measurement::redisMicros))
                    : "",
                whole(Medians.of(runs, Measurement::checked))));
    return table.text();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
