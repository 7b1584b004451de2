package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.serving.ServingRule;
import java.nio.ByteBuffer;
import java.util.List;

/** What the answers of a group's views are computed with, made once a task. */
record GroupKernel(AskedGroup group, List<AskedKernel> views) {
  static GroupKernel of(AskedGroup group) {
    return new GroupKernel(group, group.views().stream().map(AskedKernel::of).toList());
  }

  int index() {
    return group.index();
  }

  ServingRule rule() {
    return group.rule();
  }

  /** A key without events, view by view. */
  KeyTiles[] empty() {
    return views.stream().map(view -> view.aggregator().empty()).toArray(KeyTiles[]::new);
  }

  /**
   * Lets an event enter.
   *
   * @param inputs {@link Parts} of what each view takes of it; absent where it takes nothing
   */
  void add(KeyTiles[] tiles, long timeMillis, ByteBuffer inputs) {
    for (int i = 0; i < tiles.length; i++) {
      ByteBuffer own = Parts.take(inputs);
      if (own != null) {
        views.get(i).add(tiles[i], timeMillis, own);
      }
    }
  }

  /**
   * Lets the events of other tiles enter.
   *
   * @param packed {@link Parts} of the tiles of each view
   */
  void merge(KeyTiles[] tiles, ByteBuffer packed) {
    for (int i = 0; i < tiles.length; i++) {
      ByteBuffer own = Parts.take(packed);
      if (own != null) {
        var aggregator = views.get(i).aggregator();
        aggregator.merge(tiles[i], aggregator.decode(Parts.bytes(own)));
      }
    }
  }
}
