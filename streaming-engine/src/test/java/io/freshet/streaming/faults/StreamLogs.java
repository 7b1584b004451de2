package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.streaming.Departure;
import io.freshet.streaming.LogFolder;
import io.freshet.streaming.LogTopic;
import io.freshet.streaming.LoggedRow;
import io.freshet.streaming.ServedRows;
import io.freshet.streaming.Soon;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The logs of a view, in Kafka and in Delta, as their readers of committed data see them. */
final class StreamLogs {
  private final ViewPlan view;
  private final LogTopic topic;
  private final LogFolder table;
  private final Set<Logged> expected = new HashSet<>();

  private StreamLogs(ViewPlan view, LogTopic topic, LogFolder table) {
    this.view = view;
    this.topic = topic;
    this.table = table;
  }

  /** One row: within the views of these tests its count tells it from the origin's others. */
  private record Logged(String origin, long asOfMillis, String count) {}

  static StreamLogs create(KafkaFixture kafka, Path warehouse, SourcePlan source, ViewPlan view) {
    return new StreamLogs(
        view, LogTopic.create(kafka, source, view), new LogFolder(warehouse, source, view));
  }

  /** The rows that are served now belong to the logs for good, once a checkpoint completes. */
  void expect(ServedRows rows, Set<String> origins) {
    for (String origin : origins) {
      ServedRows.Row row = rows.find(view, origin);
      if (row != null) {
        expected.add(new Logged(origin, row.asOfMillis(), String.valueOf(row.features()[0])));
      }
    }
  }

  /** Whether the topic has rows that only readers of uncommitted data see. */
  boolean isInMidTransaction() {
    return topic.uncommitted().size() > topic.committed().size();
  }

  /**
   * Returns once both logs have every row at most once, those that were served at a checkpoint all,
   * and as each origin's last what all events give.
   */
  void awaitOracle(List<Departure> sent) {
    assertThat(expected).isNotEmpty();
    Soon.eventually(() -> check(topic.committed(), sent));
    Soon.eventually(() -> check(table.rows(), sent));
    System.out.println(
        "logged: " + topic.committed().size() + " rows for " + sent.size() + " events");
  }

  private void check(List<LoggedRow> rows, List<Departure> sent) {
    LoggedRow.matchRecomputation(rows, view, sent);
    assertThat(
            rows.stream()
                .map(
                    row ->
                        new Logged(
                            row.origin(),
                            row.version().asOfMillis(),
                            String.valueOf(row.features()[0])))
                .collect(Collectors.toSet()))
        .containsAll(expected);
  }
}
