package io.freshet.platform.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By what the online store is known again, and how often it was not.
 *
 * @param id of the mark that the store has if it has its data; null before the first was left
 * @param losses how often the store had lost its data
 * @param lostAt when that was last seen
 */
record StoreMark(@Nullable String id, int losses, @Nullable Instant lostAt) {
  StoreMark first(String newId) {
    return new StoreMark(newId, losses, lostAt);
  }

  StoreMark afterLoss(String newId, Instant now) {
    return new StoreMark(newId, losses + 1, now);
  }
}
