package io.freshet.platform.handover;

import io.freshet.platform.reconcile.RepeatedPass;
import org.springframework.stereotype.Component;

/** Brings hand-overs on while the application runs. */
@Component
class HandOverLoop extends RepeatedPass {

  private final HandOvers handOvers;

  HandOverLoop(HandOvers handOvers, HandOverSettings settings) {
    super("hand-over", settings.interval());
    this.handOvers = handOvers;
  }

  @Override
  protected void pass() {
    handOvers.bringOn();
  }
}
