package io.freshet.batch.handover;

import io.freshet.batch.handover.BuildHistories.History;
import io.freshet.batch.materialize.InputSchema;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Sends the histories of a partition of rows of {@link InputSchema#inputs}, sorted as {@link
 * BuildHistories} wants them. The task fails unless Kafka has acknowledged all of them.
 */
record SendHistories(
    HandOverTopic topic, List<LaneSpan> spans, Map<Integer, LaneCounts> countsByLane)
    implements ForeachPartitionFunction<Row> {
  /** What is sent to a lane, over all tasks. */
  record LaneCounts(LongAccumulator events, LongAccumulator keys) implements Serializable {}

  @Override
  public void call(Iterator<Row> inputs) {
    if (!inputs.hasNext()) {
      return;
    }
    try (HandOverProducer producer = topic.producer()) {
      BuildHistories histories = new BuildHistories(spans, inputs);
      while (histories.hasNext()) {
        History history = histories.next();
        producer.send(history.record());
        count(history);
      }
      producer.awaitAll();
    }
  }

  private void count(History history) {
    LaneCounts counts = countsByLane.get(history.record().lane());
    if (counts != null) {
      counts.events.add(history.events());
      counts.keys.add(1);
    }
  }
}
