package io.freshet.benchmark.batch;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether two contenders came to the same. */
final class SameRows {
  private static final int SHOWN = 5;

  private SameRows() {}

  /**
   * @throws IllegalStateException if not, with some of the rows that only one of them has
   */
  static void check(Dataset<Row> ours, Dataset<Row> theirs) {
    Dataset<Row> onlyOurs = ours.exceptAll(theirs);
    Dataset<Row> onlyTheirs = theirs.exceptAll(ours);
    if (!onlyOurs.isEmpty() || !onlyTheirs.isEmpty()) {
      throw new IllegalStateException(
          "Not the same rows, only the one has %s, only the other %s"
              .formatted(first(onlyOurs), first(onlyTheirs)));
    }
  }

  private static List<Row> first(Dataset<Row> rows) {
    return rows.sort(rows.columns()[0]).takeAsList(SHOWN);
  }
}
