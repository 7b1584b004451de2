package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.benchmark.lab.Medians;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long checkpoints took and what they wrote: medians. */
final class CheckpointTable {
  private static final double MEGABYTE = 1e6;

  private final Map<Row, List<TakenCheckpoint>> taken = new LinkedHashMap<>();

  private record Row(double share, String kind) {}

  void add(double share, String kind, TakenCheckpoint checkpoint) {
    System.err.println(share + ", " + kind + ": " + checkpoint);
    taken.computeIfAbsent(new Row(share, kind), any -> new ArrayList<>()).add(checkpoint);
  }

  String text() {
    MarkdownTable table =
        MarkdownTable.of("keys changed", "checkpoint", "s", "MB written", "MB of state");
    taken.forEach(
        (row, checkpoints) ->
            table.row(
                String.format(Locale.ROOT, "%.0f %%", 100 * row.share()),
                row.kind(),
                decimal(Medians.of(checkpoints, TakenCheckpoint::millis) / 1e3),
                decimal(Medians.of(checkpoints, TakenCheckpoint::writtenBytes) / MEGABYTE),
                decimal(Medians.of(checkpoints, TakenCheckpoint::stateBytes) / MEGABYTE)));
    table.row("20 %, as published", "incremental", "under 60", "", "500,000");
    table.row("", "full", "300", "", "500,000");
    table.row("15 %, as published", "incremental", "50", "", "400,000");
    table.row("", "full", "240", "", "400,000");
    return table.text();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
