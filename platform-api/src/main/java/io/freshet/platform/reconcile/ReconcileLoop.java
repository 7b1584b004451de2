package io.freshet.platform.reconcile;

import io.freshet.platform.registry.Revision;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Runs the reconciler while the application runs: at intervals, and when the registry changed. */
@Component
class ReconcileLoop extends RepeatedPass {
  private static final Duration LOOK_PAUSE = Duration.ofMillis(100);
  private static final long NEVER = -1;

  private final StreamingReconciler reconciler;
  private final Revision revision;
  private final Duration interval;
  private long seenChanges = NEVER;
  private long endedNanos;

  ReconcileLoop(StreamingReconciler reconciler, Revision revision, FlinkSettings settings) {
    super("reconcile", LOOK_PAUSE);
    this.reconciler = reconciler;
    this.revision = revision;
    this.interval = settings.reconcileInterval();
  }

  @Override
  protected void pass() {
    long changes = revision.localChanges();
    if (changes == seenChanges && System.nanoTime() - endedNanos < interval.toNanos()) {
      return;
    }
    seenChanges = changes;
    try {
      reconciler.reconcile();
    } finally {
      endedNanos = System.nanoTime();
    }
  }
}
