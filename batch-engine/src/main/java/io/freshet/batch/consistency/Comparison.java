package io.freshet.batch.consistency;

import static io.freshet.batch.table.SparkColumns.named;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.freshet.batch.materialize.ArchivedEvents;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.TakenEvents;
import io.freshet.batch.materialize.ViewInputs;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult.ViewResult;
import io.freshet.plan.SourcePlan;
import io.freshet.store.OnlineStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares what is served of the sampled keys with what the source's events say, for views of one
 * version of its table with one scan.
 *
 * @param reading the run that took the events in
 * @param served before they were taken in
 */
public record Comparison(
    SparkSession spark,
    ConsistencyPlan plan,
    BatchRunPlan reading,
    EventTable events,
    ServedSample served) {
  /** Of each view, in the plan's order. */
  public List<ViewResult> results(OnlineStore store) {
    List<ViewScope> scopes =
        plan.views().stream()
            .map(
                view ->
                    ViewScope.of(
                        spark, reading, view, events, served.progress().get(view.number())))
            .toList();
    Map<Integer, List<Verdict>> verdicts =
        scopes.stream()
            .filter(scope -> scope.notChecked() == null)
            .collect(groupingBy(ViewScope::version, TreeMap::new, toList()))
            .entrySet()
            .stream()
            .flatMap(group -> verdicts(group.getKey(), group.getValue()).stream())
            .collect(groupingBy(Verdict::view));
    return scopes.stream()
        .map(scope -> result(scope, verdicts.getOrDefault(scope.view().number(), List.of()), store))
        .toList();
  }

  private List<Verdict> verdicts(long version, List<ViewScope> scopes) {
    List<CheckedView> checked =
        scopes.stream()
            .map(
                scope ->
                    CheckedView.of(
                        scope.view(),
                        plan.source(),
                        scope.completeThroughMillis(),
                        served.rowsOf(scope.view().number()).values()))
            .toList();
    return rows(checked)
        .unionByName(eventsOf(version, checked))
        .repartition(named(InputSchema.VIEW), named(InputSchema.KEY))
        .sortWithinPartitions(
            named(InputSchema.VIEW),
            named(InputSchema.KEY),
            named(SampleSchema.KIND),
            named(SampleSchema.TIME))
        .mapPartitions(new CompareKeys(checked, plan.nowMillis()), Encoders.row(Verdict.schema()))
        .collectAsList()
        .stream()
        .map(Verdict::of)
        .toList();
  }

  private Dataset<Row> rows(List<CheckedView> checked) {
    List<Row> rows = new ArrayList<>();
    for (CheckedView view : checked) {
      served
          .rowsOf(view.number())
          .forEach((key, row) -> rows.add(SampleSchema.row(view.number(), key, row)));
    }
    return spark.createDataFrame(rows, SampleSchema.sample());
  }

  private Dataset<Row> eventsOf(long version, List<CheckedView> checked) {
    SourcePlan source = plan.source();
    List<TakenEvents> taken = checked.stream().map(CheckedView::taken).toList();
    return SampleSchema.events(
        new ViewInputs(source, taken)
            .withoutCopies(
                ArchivedEvents.select(events.rows(version), source, taken),
                new KeySample(plan.sampleOneIn()).has(named(InputSchema.KEY))));
  }

  private ViewResult result(ViewScope scope, List<Verdict> verdicts, OnlineStore store) {
    return new ViewTally(scope, served.rowsOf(scope.view().number())).result(verdicts, store);
  }
}
