package io.freshet.benchmark;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A key that has 144 tiles in the kernel, and events that enter those without new ones. */
final class FullKey {
  private static final int EVENTS = 1024;

  private final RollingView view;
  private final long asOfMillis;
  private final @Nullable Object[][] inputs = new @Nullable Object[EVENTS][];
  private final long[] timesMillis = new long[EVENTS];
  private int next;

  /** Has 132 tiles of an hour, the last of a part of one, and after them twelve of five minutes. */
  FullKey(Contender contender) {
    RollingKey key = RollingKey.filled(contender, Duration.ofHours(131 + 1));
    view = key.view();
    asOfMillis = key.asOfMillis();
    view.expire(asOfMillis);
    KeyStream values = new KeyStream(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      inputs[i] = values.inputs();
      // Most come in order; one in sixteen is late and enters an older tile.
      timesMillis[i] = asOfMillis - 1 - (i % 16 == 0 ? 60_000L * (i / 16 % 50) : 0);
      values.advance();
    }
  }

  void addNext() {
    next = (next + 1) % EVENTS;
    view.add(timesMillis[next], inputs[next]);
  }

  @Nullable Object[] values() {
    return view.valuesAsOf(asOfMillis);
  }

  RollingView view() {
    return view;
  }
}
