package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.materialize.DropDuplicates.Copies;
import io.freshet.plan.Deduplication;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * What views take from a source's events, as rows of {@link InputSchema#inputs}, with one scan and
 * one shuffle for all views.
 */
public record ViewInputs(SourcePlan source, List<TakenEvents> views) {
  public ViewInputs {
    views = List.copyOf(views);
  }

  /**
   * The inputs of events that are no copies, and where events can have copies what {@link
   * InputSchema#DUPLICATES} counts.
   *
   * @param events as {@link ArchivedEvents} selects them
   */
  public Dataset<Row> withoutCopies(Dataset<Row> events) {
    return judged(projected(events), Copies.COUNTED);
  }

  /**
   * The same, of some keys only.
   *
   * @param wanted a condition on {@link InputSchema#KEY}
   */
  public Dataset<Row> withoutCopies(Dataset<Row> events, Column wanted) {
    return judged(projected(events).filter(wanted), Copies.COUNTED);
  }

  /**
   * The same, and where events can have copies every other event that has an id, without inputs: it
   * tells whether later ones are copies.
   *
   * @param archive rows of the archive
   */
  public Dataset<Row> withSeenIds(Dataset<Row> archive) {
    return judged(projected(ArchivedEvents.select(archive, source, views)), Copies.KEPT_AS_SEEN);
  }

  private Dataset<Row> projected(Dataset<Row> events) {
    return events.mapPartitions(
        new ProjectEvents(PlanCodec.encodeToString(source), views),
        Encoders.row(InputSchema.inputs()));
  }

  private Dataset<Row> judged(Dataset<Row> projected, Copies treatment) {
    Dataset<Row> inputs = projected.repartition(named(InputSchema.VIEW), named(InputSchema.KEY));
    Deduplication copies = source.deduplication();
    return copies == null
        ? inputs
        : inputs
            .sortWithinPartitions(
                named(InputSchema.VIEW),
                named(InputSchema.KEY),
                named(InputSchema.ID),
                named(InputSchema.PARTITION),
                named(InputSchema.OFFSET))
            .mapPartitions(
                new DropDuplicates(copies.id(), copies.withinMillis(), treatment),
                Encoders.row(InputSchema.inputs()));
  }
}
