package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.benchmark.lab.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a job is gone when its process is killed after a tenth of its keys has changed since its
 * checkpoint, and another is started at once: a JVM, Flink, the state, and what is replayed.
 */
final class RecoveryTable {
  private static final double CHANGED = 0.1;

  private final Changes changes;
  private final MarkdownTable table =
      MarkdownTable.of("state", "MB restored", "s to the first event", "s to caught up");

  private record Recovery(double bytes, double firstSeconds, double caughtUpSeconds) {}

  RecoveryTable(Changes changes) {
    this.changes = changes;
  }

  RecoveryTable row(String state, StateJob job, int repetitions) throws Exception {
    List<Recovery> recoveries = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      Recovery recovery = recover(job);
      System.err.println(state + ": " + recovery);
      recoveries.add(recovery);
    }
    table.row(
        state,
        decimal(Medians.of(recoveries, Recovery::bytes) / 1e6),
        decimal(Medians.of(recoveries, Recovery::firstSeconds)),
        decimal(Medians.of(recoveries, Recovery::caughtUpSeconds)));
    return this;
  }

  String text() {
    table.row("as published", "", "", "about 120");
    return table.text();
  }

  private Recovery recover(StateJob job) throws Exception {
    TakenCheckpoint newest = job.checkpoint(CheckpointKind.CONFIGURED);
    job.awaitServed(changes.send(CHANGED));
    long killed = System.nanoTime();
    job.killAndRestore(newest);
    Changes.Sent meanwhile = changes.sendTo("c0");
    job.awaitMark();
    double first = secondsSince(killed);
    job.awaitServed(meanwhile);
    return new Recovery(newest.stateBytes(), first, secondsSince(killed));
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
