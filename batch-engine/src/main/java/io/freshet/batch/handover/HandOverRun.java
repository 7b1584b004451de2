package io.freshet.batch.handover;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.handover.SendHistories.LaneCounts;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.ViewInputs;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.handover.HandOver.AllKeys;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverPlan.Lane;
import io.freshet.plan.HandOverResult.LaneResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Hands the events before their cuts over to lanes: every key's history, then to each lane that
 * those were all. Lanes share one scan and one shuffle. An event that a lane's expression fails on
 * is left out of that lane, as in a tick. Repeated, it sends the same again.
 */
public final class HandOverRun {
  private final SparkSession spark;
  private final HandOverPlan plan;
  private final HandOverTopic topic;
  private final Map<Integer, LaneCounts> counts = new HashMap<>();

  private HandOverRun(SparkSession spark, HandOverPlan plan) {
    this.spark = spark;
    this.plan = plan;
    this.topic = new HandOverTopic(plan.bootstrapServers(), plan.source().handOverTopic());
    plan.lanes().forEach(lane -> counts.put(lane.plan().lane(), newCounts()));
  }

  /**
   * @param archive the source's archive, which holds every event before a cut
   * @throws io.freshet.error.FreshetException if Kafka does not take a record
   */
  public static List<LaneResult> send(SparkSession spark, HandOverPlan plan, DeltaFolder archive) {
    HandOverRun run = new HandOverRun(spark, plan);
    run.topic.ensure();
    run.sendHistories(archive.readPinned());
    run.sendAllKeys();
    return run.results();
  }

  private void sendHistories(Dataset<Row> archive) {
    List<LaneSpan> spans = new LaneSpans(plan).of(archive);
    if (spans.isEmpty()) {
      return;
    }
    Column before =
        plan.lanes().stream().map(LaneSpans::isBeforeCut).reduce(Column::or).orElseThrow();
    new ViewInputs(plan.source(), spans.stream().map(LaneSpan::events).toList())
        .withSeenIds(archive.filter(before))
        .filter(named(InputSchema.FAILURE).isNull())
        .sortWithinPartitions(
            named(InputSchema.VIEW),
            named(InputSchema.KEY),
            named(InputSchema.TIME),
            named(InputSchema.PARTITION),
            named(InputSchema.OFFSET))
        .foreachPartition(new SendHistories(topic, spans, counts));
  }

  private void sendAllKeys() {
    try (HandOverProducer producer = topic.producer()) {
      for (Lane lane : plan.lanes()) {
        producer.send(new AllKeys(lane.plan().lane()));
      }
      producer.awaitAll();
    }
  }

  private List<LaneResult> results() {
    return plan.lanes().stream().map(lane -> result(lane.plan().lane())).toList();
  }

  private LaneResult result(int lane) {
    LaneCounts sent = counts.getOrDefault(lane, newCounts());
    return new LaneResult(lane, sent.events().value(), sent.keys().value());
  }

  private LaneCounts newCounts() {
    return new LaneCounts(
        spark.sparkContext().longAccumulator(), spark.sparkContext().longAccumulator());
  }
}
