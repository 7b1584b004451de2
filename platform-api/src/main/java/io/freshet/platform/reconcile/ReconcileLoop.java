package io.freshet.platform.reconcile;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the reconciler while the application runs, and at once when told to. */
@Component
public class ReconcileLoop implements SmartLifecycle {
  private final RepeatedPass passes;

  ReconcileLoop(StreamingReconciler reconciler, FlinkSettings settings) {
    this.passes =
        new RepeatedPass("reconcile", settings.reconcileInterval(), reconciler::reconcile);
  }

  /** Asks for a pass now: what is wanted has changed. */
  public void wake() {
    passes.wake();
  }

  @Override
  public void start() {
    passes.start();
  }

  @Override
  public void stop() {
    passes.stop();
  }

  @Override
  public boolean isRunning() {
    return passes.isRunning();
  }
}
