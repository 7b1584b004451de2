package io.freshet.batch;

import io.freshet.batch.archive.ArrivedRecords;
import io.freshet.batch.materialize.ComputedFeatures;
import io.freshet.oracle.GoldenCase;
import io.freshet.oracle.Views;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.BoundView;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Views that know nothing of one another, computed in one run: each takes its key from a column of
 * its own, which the events of the others do not have.
 */
final class ViewsInOneRun {
  private final List<ViewPlan> views = new ArrayList<>();
  private final List<byte[]> events = new ArrayList<>();

  static String keyColumn(int view) {
    return "key_" + view;
  }

  /**
   * Adds a view and its events.
   *
   * @param ownEvents in their order of arrival, with the key in {@link #keyColumn} of how many
   *     views were added before
   */
  void add(BoundView view, List<byte[]> ownEvents) {
    int number = views.size();
    BoundView keyed = Views.keyedBy(view, List.of(keyColumn(number)));
    views.add(ViewPlan.live(keyed, number, Tier.HOURLY, 1));
    events.addAll(ownEvents);
  }

  List<ViewPlan> plans() {
    return List.copyOf(views);
  }

  List<byte[]> events() {
    return List.copyOf(events);
  }

  /**
   * A session for very many very small queries, where planning and compiling each takes most of the
   * time.
   */
  static SparkSession small(SparkSession spark) {
    SparkSession small = spark.newSession();
    small.conf().set("spark.sql.adaptive.enabled", false);
    small.conf().set("spark.sql.shuffle.partitions", 1);
    small.conf().set("spark.sql.codegen.wholeStage", false);
    small.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    return small;
  }

  /**
   * @return for each view the features' values by key; a key without a row is absent
   */
  List<Map<String, @Nullable Object[]>> features(
      SparkSession spark, SourcePlan source, long asOfMillis) {
    BatchRunPlan plan =
        new BatchRunPlan(
            "compared",
            source,
            views,
            asOfMillis,
            1,
            "none:1",
            "redis://none:1",
            "",
            Rows.CHANGED,
            DeadLetters.SENT_BY_RUN,
            "");
    Dataset<Row> archive =
        ArrivedRecords.archived(
            small(spark), source, events, Instant.ofEpochMilli(GoldenCase.ARRIVAL_MILLIS));
    return ComputedFeatures.of(plan, archive);
  }
}
