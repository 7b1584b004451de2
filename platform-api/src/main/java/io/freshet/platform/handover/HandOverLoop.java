package io.freshet.platform.handover;

import io.freshet.platform.reconcile.RepeatedPass;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Brings hand-overs on while the application runs. */
@Component
class HandOverLoop implements SmartLifecycle {
  private final RepeatedPass passes;

  HandOverLoop(HandOvers handOvers, HandOverSettings settings) {
    this.passes = new RepeatedPass("hand-over", settings.interval(), handOvers::bringOn);
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
