package io.freshet.platform.overload;

import java.time.Duration;
import java.time.Instant;

/**
 * The state that a streaming job is held to be in. What a look says is believed once it has been
 * said for a while: shortly if it is worse, for longer if it is better.
 *
 * @param since when it was entered
 * @param leaning what looks have said lately
 * @param leaningSince since when they have said it is better, or worse
 */
record Standing(OverloadState state, Instant since, OverloadState leaning, Instant leaningSince) {
  static Standing healthy(Instant now) {
    return new Standing(OverloadState.HEALTHY, now, OverloadState.HEALTHY, now);
  }

  Standing after(OverloadState seen, Instant now, OverloadSettings settings) {
    if (seen == state) {
      return new Standing(state, since, state, now);
    }
    boolean goesOn = seen.isWorseThan(state) == leaning.isWorseThan(state) && leaning != state;
    Instant from = goesOn ? leaningSince : now;
    Duration needed = seen.isWorseThan(state) ? settings.confirmation() : settings.coolDown();
    return Duration.between(from, now).compareTo(needed) >= 0
        ? new Standing(seen, now, seen, now)
        : new Standing(state, since, seen, from);
  }
}
