package io.freshet.platform.lookup;

import io.freshet.store.StoredRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A view's row of an entity.
 *
 * @param values the newest event's time, then the features
 * @param tooOld whether its newest event is older than the view's time to live
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ReadView(
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

  /** What on-demand features are computed from; null if it is too old for that. */
  @Nullable Object @Nullable [] features() {
    return tooOld ? null : Arrays.copyOfRange(values, 1, values.length);
  }
}
