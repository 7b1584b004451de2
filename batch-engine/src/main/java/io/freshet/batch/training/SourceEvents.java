package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;

import io.freshet.batch.materialize.ArchivedEvents;
import io.freshet.batch.materialize.ViewInputs;
import io.freshet.batch.source.EventTable;
import io.freshet.batch.table.SparkColumns;
import io.freshet.expression.References;
import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.InputPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The events of a source that labels can see, and what views take from them. */
record SourceEvents(AskedSource asked, Dataset<Row> rows) {
  /**
   * The table as it is now.
   *
   * @throws io.freshet.error.FreshetException if there is none
   */
  static SourceEvents of(SparkSession spark, AskedSource asked) {
    SourcePlan source = asked.sourcePlan();
    EventTable events = EventTable.of(spark, source, asked.plan().warehouse());
    Dataset<Row> selected =
        ArchivedEvents.select(events.rows(events.version()), source, asked.taken());
    return new SourceEvents(asked, selected.select(needed(selected, source, asked.views())));
  }

  /** Rows of {@link TimelineSchema#timeline}. */
  Dataset<Row> timeline(SplitKeys splits) {
    return asked.sourcePlan().deduplication() == null
        ? packed(rows, splits)
        : new ViewInputs(asked.sourcePlan(), asked.taken())
            .withoutCopies(rows)
            .mapPartitions(new PackInputs(asked, splits), Encoders.row(TimelineSchema.timeline()));
  }

  /** Some of the rows of the timeline, at random; copies of events are among them. */
  Dataset<Row> sample(double fraction) {
    return packed(rows.sample(fraction), SplitKeys.NONE);
  }

  private Dataset<Row> packed(Dataset<Row> events, SplitKeys splits) {
    return events.mapPartitions(
        new PackEvents(asked, splits), Encoders.row(TimelineSchema.timeline()));
  }

  /** All columns, null where no view needs them: those are not read. */
  private static org.apache.spark.sql.Column[] needed(
      Dataset<Row> selected, SourcePlan source, List<AskedView> views) {
    Set<String> needed = new HashSet<>();
    needed.add(source.eventTime());
    Deduplication copies = source.deduplication();
    if (copies != null) {
      needed.add(copies.id());
    }
    views.forEach(view -> addNeeded(view.view(), needed));
    List<org.apache.spark.sql.Column> columns = new ArrayList<>();
    for (String name : selected.columns()) {
      int at = source.columnIndex(name);
      columns.add(at < 0 || needed.contains(name) ? named(name) : absent(source.columns().get(at)));
    }
    return columns.toArray(org.apache.spark.sql.Column[]::new);
  }

  private static org.apache.spark.sql.Column absent(Column column) {
    return lit(null).cast(SparkColumns.typeOf(column.type())).as(column.name());
  }

  private static void addNeeded(BoundView view, Set<String> needed) {
    needed.addAll(view.keyColumns());
    List<String> expressions = new ArrayList<>();
    String filter = view.filter();
    if (filter != null) {
      expressions.add(filter);
    }
    view.inputs().stream().map(InputPlan::expression).forEach(expressions::add);
    for (String expression : expressions) {
      for (String reference : References.in(expression)) {
        int dot = reference.indexOf('.');
        needed.add(dot < 0 ? reference : reference.substring(0, dot));
      }
    }
  }
}
