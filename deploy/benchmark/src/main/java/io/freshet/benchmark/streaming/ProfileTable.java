package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.MarkdownTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording says about where the time goes: the share of the samples by thread, by the
 * innermost frame, and by the innermost frame that says whose work it is.
 */
final class ProfileTable {
  private static final int ROWS = 15;
  private static final List<String> OWNERS =
      List.of(
          "io.freshet.aggregate",
          "io.freshet.streaming.aggregation",
          "io.freshet.streaming.sink",
          "io.freshet.streaming.source",
          "io.freshet.streaming",
          "io.freshet.event",
          "io.freshet.store",
          "io.freshet",
          "tools.jackson",
          "io.lettuce",
          "io.netty",
          "org.apache.kafka",
          "org.rocksdb",
          "org.apache.flink.runtime.state",
          "org.apache.flink.streaming.api.operators.InternalTimer",
          "org.apache.flink.connector",
          "org.apache.flink.runtime.io.network",
          "org.apache.flink");

  private ProfileTable() {}

  static String of(Path recording) throws IOException {
    List<RecordedEvent> samples =
        RecordingFile.readAllEvents(recording).stream().filter(ProfileTable::isWork).toList();
    return table("thread", samples, ProfileTable::thread)
        + table("whose work (innermost known package)", samples, ProfileTable::owner)
        + table(
            "innermost frame", samples, sample -> text(sample.getStackTrace().getFrames().get(0)));
  }

  /** Samples of native code that waits are none of work. */
  private static boolean isWork(RecordedEvent sample) {
    if (sample.getStackTrace() == null || sample.getStackTrace().getFrames().isEmpty()) {
      return false;
    }
    String innermost = sample.getStackTrace().getFrames().get(0).getMethod().getName();
    return !innermost.toLowerCase(Locale.ROOT).contains("wait")
        && !innermost.equals("accept")
        && !innermost.equals("poll0");
  }

  private static String table(
      String title, List<RecordedEvent> samples, Function<RecordedEvent, String> group) {
    Map<String, Integer> counts = new HashMap<>();
    samples.forEach(sample -> counts.merge(group.apply(sample), 1, Integer::sum));
    MarkdownTable table = MarkdownTable.of(title, "share");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(ROWS)
        .forEach(
            entry ->
                table.row(
                    entry.getKey(),
                    "%.1f %%".formatted(100.0 * entry.getValue() / samples.size())));
    return table.text() + "\n";
  }

  private static String thread(RecordedEvent sample) {
    var thread = sample.getThread("sampledThread");
    return thread == null ? "?" : thread.getJavaName().replaceAll("[0-9a-f]{32}|#\\d+", "");
  }

  private static String owner(RecordedEvent sample) {
    for (RecordedFrame frame : sample.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      for (String owner : OWNERS) {
        if (type.startsWith(owner)) {
          return owner;
        }
      }
    }
    return "the JDK";
  }

  private static String text(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
