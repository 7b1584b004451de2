package io.freshet.platform.reconcile;

import io.freshet.platform.reconcile.flink.FlinkJob;

/**
 * How an attempt of a streaming job came to its end.
 *
 * @param fate in a word, for messages
 */
record Ending(String fate, Cause cause) {
  /** What follows from it. */
  enum Cause {
    /** We stopped it: the next attempt follows at once. */
    STOPPED,
    /** The cluster does not run it any more. */
    GONE,
    /** It could not read what it was to go on from. */
    NOT_RESTORED
  }

  static Ending stopped() {
    return new Ending("stopped with a savepoint", Cause.STOPPED);
  }

  static Ending lost() {
    return new Ending("lost", Cause.GONE);
  }

  static Ending of(FlinkJob.State state) {
    return new Ending(state.name(), Cause.GONE);
  }

  static Ending notRestored(FlinkJob.State state) {
    return new Ending(state.name() + " because it could not restore its state", Cause.NOT_RESTORED);
  }
}
