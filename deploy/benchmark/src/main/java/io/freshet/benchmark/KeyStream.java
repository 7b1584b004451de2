package io.freshet.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The events of a key, one a minute, in order and made beforehand: an endless stream that repeats
 * its values every {@link #EVENTS} events while its time goes on.
 */
final class KeyStream {
  static final int EVENTS = 1 << 14;
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long GAP_MILLIS = Duration.ofMinutes(1).toMillis();

  private final @Nullable Object[][] inputs = new @Nullable Object[EVENTS][];
  private final int[] offsets = new int[EVENTS];
  private long next;

  KeyStream(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < EVENTS; i++) {
      inputs[i] = new @Nullable Object[] {random.nextGaussian() * 30 + 12};
      offsets[i] = random.nextInt((int) GAP_MILLIS);
    }
  }

  /** Goes on to the next event. */
  void advance() {
    next++;
  }

  long timeMillis() {
    return START + next * GAP_MILLIS + offsets[(int) (next % EVENTS)];
  }

  @Nullable Object[] inputs() {
    return inputs[(int) (next % EVENTS)];
  }

  /** How many events there are in a time. */
  static long eventsIn(Duration time) {
    return time.toMillis() / GAP_MILLIS;
  }
}
