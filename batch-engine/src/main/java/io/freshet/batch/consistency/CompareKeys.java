package io.freshet.batch.consistency;

import io.freshet.batch.materialize.Lookahead;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Checks one key of a view after the other, as rows of {@link Verdict#schema}, from rows of {@link
 * SampleSchema#sample} that come sorted by view, key and kind.
 */
record CompareKeys(List<CheckedView> views, long nowMillis)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> sample) {
    Map<Integer, ViewCheck> checks = new HashMap<>();
    views.forEach(view -> checks.put(view.number(), ViewCheck.of(view, nowMillis)));
    Lookahead<Row> rows = new Lookahead<>(sample);
    Iterable<Optional<Verdict>> verdicts = () -> new Verdicts(checks, rows);
    Stream<Row> found =
        StreamSupport.stream(verdicts.spliterator(), false)
            .flatMap(Optional::stream)
            .map(Verdict::row);
    return found.iterator();
  }

  /** One a key; empty where there is nothing to say. */
  private record Verdicts(Map<Integer, ViewCheck> checks, Lookahead<Row> rows)
      implements Iterator<Optional<Verdict>> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Optional<Verdict> next() {
      Row first = rows.next();
      ViewCheck check = checks.get(first.getInt(SampleSchema.VIEW_AT));
      if (check == null) {
        throw new IllegalStateException("no view " + first.getInt(SampleSchema.VIEW_AT));
      }
      KeyCheck key = new KeyCheck(check, first);
      if (first.getInt(SampleSchema.KIND_AT) == SampleSchema.EVENT) {
        key.add(first);
      }
      for (Row row = rows.peek(); row != null && key.isOf(row); row = rows.peek()) {
        key.add(rows.next());
      }
      return key.verdict();
    }
  }
}
