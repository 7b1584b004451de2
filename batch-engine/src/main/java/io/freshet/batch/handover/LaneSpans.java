package io.freshet.batch.handover;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverPlan.Lane;
import io.freshet.plan.SourcePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Finds what each lane of a run needs, with one scan of the archive for all of them. */
record LaneSpans(HandOverPlan plan) {
  private static final int COLUMNS_A_LANE = 3;

  /**
   * The spans of the lanes that have events before their cut.
   *
   * @param archive rows of the archive
   */
  List<LaneSpan> of(Dataset<Row> archive) {
    List<Row> partitions =
        archive
            .groupBy(named(ArchiveSchema.PARTITION))
            .agg(lit(0), plan.lanes().stream().flatMap(this::ends).toArray(Column[]::new))
            .collectAsList();
    List<LaneSpan> spans = new ArrayList<>();
    for (int i = 0; i < plan.lanes().size(); i++) {
      int column = 2 + i * COLUMNS_A_LANE;
      List<PartitionEnds> ends =
          partitions.stream().map(row -> PartitionEnds.of(row, column)).toList();
      span(plan.lanes().get(i), ends).ifPresent(spans::add);
    }
    return spans;
  }

  /** Whether a record of the archive is before the lane's cut. */
  static Column isBeforeCut(Lane lane) {
    Column partition = named(ArchiveSchema.PARTITION);
    Column offset = named(ArchiveSchema.OFFSET);
    return lane.cut().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(cut -> partition.equalTo(cut.getKey()).and(offset.lt(cut.getValue())))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  private Optional<LaneSpan> span(Lane lane, List<PartitionEnds> partitions) {
    SourcePlan source = plan.source();
    return partitions.stream()
        .flatMap(ends -> Stream.ofNullable(ends.newestBefore()))
        .max(Instant::compareTo)
        .map(
            newest ->
                LaneSpan.of(
                    source,
                    lane,
                    newest.toEpochMilli(),
                    leastWatermark(partitions),
                    plan.nowMillis()));
  }

  /**
   * A watermark is at the newest event of the partition that is the furthest behind, or later;
   * while a partition is not read it is nowhere, and no event is late.
   */
  private long leastWatermark(List<PartitionEnds> partitions) {
    boolean isNowhere = partitions.stream().anyMatch(PartitionEnds::isUnread);
    Instant now = Instant.ofEpochMilli(plan.nowMillis());
    return partitions.stream()
            .flatMap(ends -> Stream.of(ends.atCut(now), isNowhere ? ends.fromCut(now) : now))
            .mapToLong(Instant::toEpochMilli)
            .min()
            .orElse(plan.nowMillis())
        - plan.source().maxDisorderMillis();
  }

  private Stream<Column> ends(Lane lane) {
    Column time = named(plan.source().eventTime());
    Column before = isBeforeCut(lane);
    return Stream.of(
        max(when(before, time)),
        max(when(before, least(time, named(ArchiveSchema.ARRIVED_AT)))),
        min(when(functions.not(before), time)));
  }
}
