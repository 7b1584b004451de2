package io.freshet.platform.lookup;

import io.freshet.platform.registry.ViewState;
import io.freshet.store.ViewProgress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a view is, against its promise.
 *
 * @param completeThrough every event before it counts; null if no engine has said so yet
 * @param maxStalenessMillis the promise: what was declared, else what the tier achieves
 * @param state what the values are worth, as far as the engine is concerned
 */
record ViewFreshness(
    String view,
    String tier,
    String engine,
    @Nullable Instant completeThrough,
    @Nullable Long stalenessMillis,
    long maxStalenessMillis,
    Freshness freshness,
    ViewState state) {
  /** Whether the promise is kept. */
  enum Freshness {
    FRESH,
    STALE,
    UNKNOWN
  }

  /**
   * @param progress null if there is none
   */
  static ViewFreshness of(ServedView view, @Nullable ViewProgress progress, long nowMillis) {
    Instant completeThrough =
        progress == null ? null : Instant.ofEpochMilli(progress.completeThroughMillis());
    Long staleness =
        progress == null ? null : Math.max(0, nowMillis - progress.completeThroughMillis());
    return new ViewFreshness(
        view.plan().view().name(),
        view.plan().tier().wireName(),
        view.plan().tier().engine().name().toLowerCase(Locale.ROOT),
        completeThrough,
        staleness,
        view.maxStalenessMillis(),
        freshness(staleness, view.maxStalenessMillis()),
        ViewState.of(view.plan()));
  }

  private static Freshness freshness(@Nullable Long staleness, long maxStalenessMillis) {
    if (staleness == null) {
      return Freshness.UNKNOWN;
    }
    return staleness <= maxStalenessMillis ? Freshness.FRESH : Freshness.STALE;
  }
}
