package io.freshet.batch.handover;

import java.time.Instant;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The events of one partition around a lane's cut; null where there are none.
 *
 * @param newestBefore the newest event time before the cut
 * @param reachedBefore the newest of the times that they stand for in the stream's watermark: one
 *     that is dated after its arrival stands for that
 * @param oldestAfter the oldest event time at the cut or after
 */
record PartitionEnds(
    @Nullable Instant newestBefore,
    @Nullable Instant reachedBefore,
    @Nullable Instant oldestAfter) {
  /**
   * @param column the first of the three
   */
  static PartitionEnds of(Row row, int column) {
    return new PartitionEnds(row.getAs(column), row.getAs(column + 1), row.getAs(column + 2));
  }

  /** Whether it has events and all of them are at the cut or after. */
  boolean isUnread() {
    return newestBefore == null && oldestAfter != null;
  }

  /** Where the events before the cut hold the stream's watermark, but for the source's disorder. */
  Instant atCut(Instant now) {
    return earliest(reachedBefore, now);
  }

  /** The earliest of the events at the cut or after, and of now. */
  Instant fromCut(Instant now) {
    return earliest(oldestAfter, now);
  }

  private static Instant earliest(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }
}
