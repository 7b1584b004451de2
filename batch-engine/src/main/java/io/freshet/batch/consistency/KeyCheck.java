package io.freshet.batch.consistency;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.consistency.RowComparison.NewestEvent;
import io.freshet.batch.consistency.RowComparison.Result;
import io.freshet.plan.ConsistencyResult.Finding;
import io.freshet.value.RowCodec;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Checks one key of a view: takes its events and says how the row that is served compares with
 * them. A row is compared as of its version, or as of what the view is complete through where that
 * is later: if a window had changed until then, there would be a newer row.
 */
final class KeyCheck {
  private final ViewCheck check;
  private final SampledKey key;
  private final byte @Nullable [] served;
  private final long versionMillis;
  private final long asOfMillis;
  private final KeyTiles all;
  private final KeyTiles asOfVersion;
  private final LateEvents late;
  private final EventsOnTheirWay onTheirWay;
  private final boolean isAhead;

  /** Whether what is found of the key says something. */
  private enum Standing {
    SETTLED,
    /** Events may still be on their way to the row. */
    UNSETTLED,
    /** There is no row, and none is needed any more. */
    EXPIRED
  }

  /**
   * @param first the first row of the key
   */
  KeyCheck(ViewCheck check, Row first) {
    boolean hasRow = first.getInt(SampleSchema.KIND_AT) == SampleSchema.ROW;
    long complete = check.view().completeThroughMillis();
    this.check = check;
    this.key = new SampledKey(first.getAs(SampleSchema.KEY_AT));
    this.served = hasRow ? first.<byte[]>getAs(SampleSchema.CONTENT_AT) : null;
    this.versionMillis = hasRow ? first.getLong(SampleSchema.TIME_AT) : complete;
    this.asOfMillis = Math.max(versionMillis, complete);
    this.all = check.aggregator().empty();
    this.asOfVersion = check.aggregator().empty();
    this.late = new LateEvents(check);
    this.onTheirWay = new EventsOnTheirWay(check);
    this.isAhead = hasRow && versionMillis > complete;
  }

  boolean isOf(Row row) {
    return row.getInt(SampleSchema.VIEW_AT) == check.view().number()
        && key.equals(new SampledKey(row.getAs(SampleSchema.KEY_AT)));
  }

  /** Takes an event of the key. */
  void add(Row event) {
    long time = event.getLong(SampleSchema.TIME_AT);
    if (time >= asOfMillis) {
      return;
    }
    @Nullable Object[] inputs = check.inputs(event);
    check.aggregator().add(all, time, inputs);
    if (time < versionMillis) {
      check.aggregator().add(asOfVersion, time, inputs);
    }
    late.add(time, inputs, event.getAs(SampleSchema.ARRIVED_AT_AT));
    if (isAhead) {
      onTheirWay.add(
          time,
          inputs,
          event.getInt(SampleSchema.PARTITION_AT),
          event.getLong(SampleSchema.OFFSET_AT));
    }
  }

  /** Empty if the key has neither a row nor an event in a window. */
  Optional<Verdict> verdict() {
    boolean isEmpty = aggregator().isEmptyAsOf(all, asOfMillis);
    if (served == null) {
      return isEmpty ? Optional.empty() : Optional.of(absent());
    }
    Result result = compare(served, all, asOfMillis);
    return Optional.of(result.equal() ? same(result) : differing(served, isEmpty, result));
  }

  private Verdict absent() {
    Result none = new Result(false, false, 0);
    long expiry = all.newestEventMillis() + check.view().plan().view().ttlMillis();
    if (expiry <= check.nowMillis()) {
      return verdict(null, Standing.EXPIRED, none);
    }
    boolean isLate = late.any() && aggregator().isEmptyAsOf(late.onTime(), asOfMillis);
    return verdict(isLate ? Finding.LATE : Finding.MISSING, Standing.SETTLED, none);
  }

  private Verdict same(Result result) {
    return verdict(null, Standing.SETTLED, result);
  }

  private Verdict differing(byte[] row, boolean isEmpty, Result result) {
    boolean isOrdered = !isAhead || onTheirWay.areOrdered();
    Optional<Result> withoutTheLast =
        isAhead && isOrdered
            ? onTheirWay.explain(tiles -> compare(row, tiles, asOfMillis))
            : Optional.empty();
    if (withoutTheLast.isPresent()) {
      return same(withoutTheLast.get());
    }
    boolean isUnsettled = isAhead && (!isOrdered || late.any());
    return verdict(
        finding(row, isEmpty), isUnsettled ? Standing.UNSETTLED : Standing.SETTLED, result);
  }

  private Finding finding(byte[] row, boolean isEmpty) {
    if (late.explain(tiles -> compare(row, tiles, asOfMillis).equal())) {
      return Finding.LATE;
    }
    boolean older = versionMillis < asOfMillis && versionMillis >= check.view().reachMillis();
    if (older && compare(row, asOfVersion, versionMillis).equal()) {
      return Finding.STALE;
    }
    return isEmpty ? Finding.EXTRA : Finding.WRONG;
  }

  private Result compare(byte[] row, KeyTiles tiles, long atMillis) {
    NewestEvent newest =
        aggregator().isEmptyAsOf(tiles, atMillis) ? NewestEvent.NOT_KNOWN : NewestEvent.COMPARED;
    return check.comparison().compare(row, rowOf(tiles, atMillis), newest, tiles.events());
  }

  private Verdict verdict(@Nullable Finding finding, Standing standing, Result result) {
    byte[] recomputed =
        finding == null
            ? null
            : new RowCodec(check.view().plan().view().rowTypes()).encode(rowOf(all, asOfMillis));
    return new Verdict(
        check.view().number(),
        key,
        finding,
        standing == Standing.EXPIRED,
        standing == Standing.UNSETTLED,
        result.partly(),
        result.worst(),
        recomputed);
  }

  private @Nullable Object[] rowOf(KeyTiles tiles, long atMillis) {
    @Nullable Object[] features = aggregator().valuesAsOf(tiles, atMillis);
    @Nullable Object[] row = new @Nullable Object[features.length + 1];
    row[0] = tiles.events() == 0 ? null : Instant.ofEpochMilli(tiles.newestEventMillis());
    System.arraycopy(features, 0, row, 1, features.length);
    return row;
  }

  private ViewAggregator aggregator() {
    return check.aggregator();
  }
}
