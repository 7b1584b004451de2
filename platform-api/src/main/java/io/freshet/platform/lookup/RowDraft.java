package io.freshet.platform.lookup;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of an answer that is being made; what nobody puts into it is not found. */
final class RowDraft {
  private final @Nullable Object[] values;
  private final FeatureStatus[] statuses;
  private final @Nullable Instant[] eventTimes;
  private final @Nullable Instant[] asOf;

  RowDraft(int width) {
    values = new @Nullable Object[width];
    statuses = new FeatureStatus[width];
    Arrays.fill(statuses, FeatureStatus.NOT_FOUND);
    eventTimes = new @Nullable Instant[width];
    asOf = new @Nullable Instant[width];
  }

  void putStored(int column, @Nullable ReadView view, int position) {
    if (view != null) {
      eventTimes[column] = view.eventTime();
      asOf[column] = view.asOf();
      statuses[column] = view.status(position);
      values[column] = statuses[column] == FeatureStatus.PRESENT ? view.values()[position] : null;
    }
  }

  void putComputed(int column, @Nullable Object value, Instant now) {
    asOf[column] = now;
    statuses[column] = value == null ? FeatureStatus.NULL_VALUE : FeatureStatus.PRESENT;
    values[column] = value;
  }

  LookupAnswer.Row complete() {
    return new LookupAnswer.Row(values, statuses, eventTimes, asOf);
  }
}
