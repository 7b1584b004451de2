package io.freshet.platform.lookup;

import io.freshet.platform.lookup.LookupPlan.FeatureColumn;
import io.freshet.store.StoredRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the rows of an answer from the rows of the online store. */
final class AnswerRows {
  private final LookupPlan plan;
  private final long nowMillis;

  AnswerRows(LookupPlan plan, long nowMillis) {
    this.plan = plan;
    this.nowMillis = nowMillis;
  }

  /**
   * @param stored by entity type, then by row of the request, then by view
   */
  LookupAnswer.Row row(@Nullable StoredRow[][] stored, int entity, int entities) {
    @Nullable ReadView[] views = new @Nullable ReadView[plan.views().size()];
    for (int i = 0; i < views.length; i++) {
      ServedView view = plan.views().get(i);
      StoredRow row = stored[view.entity() * entities + entity][i];
      views[i] = row == null ? null : ReadView.of(view, row, nowMillis);
    }
    return row(views);
  }

  private LookupAnswer.Row row(@Nullable ReadView[] views) {
    List<@Nullable FeatureColumn> columns = plan.columns();
    int width = columns.size();
    @Nullable Object[] values = new @Nullable Object[width];
    FeatureStatus[] statuses = new FeatureStatus[width];
    @Nullable Instant[] eventTimes = new @Nullable Instant[width];
    @Nullable Instant[] asOf = new @Nullable Instant[width];
    for (int i = 0; i < width; i++) {
      FeatureColumn column = columns.get(i);
      ReadView view = column == null ? null : views[column.view()];
      if (column == null || view == null) {
        statuses[i] = FeatureStatus.NOT_FOUND;
        continue;
      }
      eventTimes[i] = view.eventTime;
      asOf[i] = view.asOf;
      statuses[i] = view.status(column.position());
      values[i] = statuses[i] == FeatureStatus.PRESENT ? view.values[column.position()] : null;
    }
    return new LookupAnswer.Row(values, statuses, eventTimes, asOf);
  }

  /** A view's row of an entity. */
  @SuppressWarnings("ArrayRecordComponent") // Never leaves this class.
  private record ReadView(
      @Nullable Object[] values, @Nullable Instant eventTime, Instant asOf, boolean tooOld) {
    static ReadView of(ServedView view, StoredRow stored, long nowMillis) {
      @Nullable Object[] values = view.codec().decode(ByteBuffer.wrap(stored.row()));
      Instant newest = (Instant) values[0];
      boolean tooOld =
          newest != null && nowMillis - newest.toEpochMilli() > view.plan().view().ttlMillis();
      Instant asOf = Instant.ofEpochMilli(stored.version().asOfMillis());
      return new ReadView(values, newest, asOf, tooOld);
    }

    FeatureStatus status(int position) {
      if (tooOld) {
        return FeatureStatus.OUTSIDE_MAX_AGE;
      }
      return values[position] == null ? FeatureStatus.NULL_VALUE : FeatureStatus.PRESENT;
    }
  }
}
