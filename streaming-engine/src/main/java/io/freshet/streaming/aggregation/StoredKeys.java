package io.freshet.streaming.aggregation;

import io.freshet.streaming.source.ViewKey;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.jspecify.annotations.Nullable;

/** The packed keys in the state backend: one value a key. */
final class StoredKeys {
  static final String STATE = "tiles";

  private static final ValueStateDescriptor<byte[]> TILES =
      new ValueStateDescriptor<>(STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final KeyedStateBackend<ViewKey> backend;
  private final Consumer<ViewKey> focus;
  private final ValueState<byte[]> tiles;

  StoredKeys(KeyedStateBackend<ViewKey> backend, KeyedStateStore store, Consumer<ViewKey> focus) {
    this.backend = backend;
    this.focus = focus;
    this.tiles = store.getState(TILES);
  }

  /** Makes a key the one that keyed state and timers are of. */
  void focus(ViewKey key) {
    focus.accept(key);
  }

  byte @Nullable [] find(ViewKey key) throws Exception {
    focus(key);
    return tiles.value();
  }

  void write(ViewKey key, byte[] packed) throws Exception {
    focus(key);
    tiles.update(packed);
  }

  /**
   * @return whether there was something
   */
  boolean clear(ViewKey key) throws Exception {
    boolean found = find(key) != null;
    if (found) {
      tiles.clear();
    }
    return found;
  }

  /** All keys of a lane with tiles; goes through those of all lanes. */
  List<ViewKey> ofLane(int lane) {
    return ofLane(lane, STATE);
  }

  /** All keys of a lane that have something in a state; goes through those of all lanes. */
  List<ViewKey> ofLane(int lane, String state) {
    try (Stream<ViewKey> keys = backend.getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.filter(key -> key.lane() == lane).toList();
    }
  }
}
