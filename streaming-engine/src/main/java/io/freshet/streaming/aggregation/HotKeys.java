package io.freshet.streaming.aggregation;

import io.freshet.streaming.source.ViewKey;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that are kept decoded, in the order of their use. For one thread. */
final class HotKeys {
  private static final float LOAD_FACTOR = 0.75f;
  private static final int INITIAL_KEYS = 1_024;

  private final Bounds bounds;
  private final Map<ViewKey, HotKey> keys = new LinkedHashMap<>(INITIAL_KEYS, LOAD_FACTOR, true);
  private long bytes;

  /**
   * How much is kept decoded in a subtask.
   *
   * @param bytes as they are estimated
   */
  record Bounds(int keys, long bytes) implements Serializable {
    static final Bounds DEFAULT = new Bounds(32_768, 64L << 20);
  }

  HotKeys(Bounds bounds) {
    this.bounds = bounds;
  }

  /** The key, which is then the one used last, or null if it is not here. */
  @Nullable HotKey find(ViewKey key) {
    return keys.get(key);
  }

  void add(HotKey hot) {
    keys.put(hot.key, hot);
    bytes += hot.bytes;
  }

  void remove(HotKey hot) {
    if (keys.remove(hot.key, hot)) {
      bytes -= hot.bytes;
    }
  }

  void weigh(HotKey hot, long decodedBytes) {
    bytes += decodedBytes - hot.bytes;
    hot.bytes = decodedBytes;
  }

  /** The key that was not used for longest if there are too many, else null. */
  @Nullable HotKey surplus() {
    boolean within = keys.size() <= bounds.keys && (bytes <= bounds.bytes || keys.size() == 1);
    return within ? null : keys.values().iterator().next();
  }

  /** All keys; not to be used across a {@link #find}. */
  Collection<HotKey> all() {
    return Collections.unmodifiableCollection(keys.values());
  }

  List<HotKey> ofLane(int lane) {
    return keys.values().stream().filter(hot -> hot.key.lane() == lane).toList();
  }
}
