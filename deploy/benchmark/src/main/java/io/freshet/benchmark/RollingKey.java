package io.freshet.benchmark;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A key at work, as the streaming engine has it: each event enters and gives a new row. */
final class RollingKey {
  private static final long SEED = 20010614;

  private final RollingView view;
  private final KeyStream stream = new KeyStream(SEED);
  private long asOfMillis;
  private long expiresAt = Long.MAX_VALUE;

  private RollingKey(RollingView view) {
    this.view = view;
  }

  /** A key that has seen the events of a time. */
  static RollingKey filled(Contender contender, Duration time) {
    RollingKey key = new RollingKey(contender.emptyKey());
    for (long i = KeyStream.eventsIn(time); i > 0; i--) {
      key.enter();
    }
    return key;
  }

  /** Lets the next event enter and answers with the features right after it. */
  @Nullable Object[] roll() {
    enter();
    return view.valuesAsOf(asOfMillis);
  }

  RollingView view() {
    return view;
  }

  long asOfMillis() {
    return asOfMillis;
  }

  private void enter() {
    long timeMillis = stream.timeMillis();
    view.add(timeMillis, stream.inputs());
    stream.advance();
    asOfMillis = timeMillis + 1;
    if (asOfMillis >= expiresAt) {
      view.expire(asOfMillis);
    }
    expiresAt = view.expiresAt(asOfMillis);
  }
}
