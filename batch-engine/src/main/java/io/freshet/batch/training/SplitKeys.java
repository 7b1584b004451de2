package io.freshet.batch.training;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the time of keys with very many entries is split, so that tasks can share them: each range
 * begins with the tiles of all that lies before it.
 *
 * @param startsBySlot of a split key's slot, the times in ascending order at which its second and
 *     further ranges start; the second starts with the first label
 */
record SplitKeys(Map<Long, long[]> startsBySlot) implements Serializable {
  static final SplitKeys NONE = new SplitKeys(Map.of());
  private static final long[] UNSPLIT = {};

  SplitKeys {
    startsBySlot = new HashMap<>(startsBySlot);
  }

  /** Empty if the key is not split. */
  long[] starts(long slot) {
    return startsBySlot.isEmpty() ? UNSPLIT : startsBySlot.getOrDefault(slot, UNSPLIT);
  }

  /** The range that a time is in, from 0. */
  static int range(long[] starts, long millis) {
    if (starts.length == 0) {
      return 0;
    }
    int found = Arrays.binarySearch(starts, millis);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
