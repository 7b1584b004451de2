package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.serving.Sight;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key of a group of views with what labels see of it so far. */
final class KeyTrack {
  /** Below it the tiles are not worth compacting. */
  private static final int FEW_TILES = 64;

  private final int range;
  private final byte[] key;
  private final GroupKernel group;
  private final KeyTiles[] tiles;
  private final int[] compactAbove;

  /** The newest answer of each view, while it holds. */
  private final byte[] @Nullable [] known;

  /** The as-of time at which it ends to hold. */
  private final long[] knownEnds;

  private KeyTrack(int range, byte[] key, GroupKernel group) {
    this.range = range;
    this.key = key;
    this.group = group;
    this.tiles = group.empty();
    this.compactAbove = new int[tiles.length];
    this.known = new byte[tiles.length][];
    this.knownEnds = new long[tiles.length];
    Arrays.fill(compactAbove, FEW_TILES);
  }

  static KeyTrack of(TimelineEntry first, GroupKernel group) {
    return new KeyTrack(first.range(), first.key(), group);
  }

  boolean isOf(TimelineEntry entry) {
    return entry.isOf(group.index(), range, key);
  }

  /** Lets an event, or the tiles of earlier ones, be seen from now on. */
  void enter(TimelineEntry entry) {
    ByteBuffer content = entry.content();
    if (entry.kind() == TimelineEntry.Kind.EVENT) {
      group.add(tiles, content.getLong(), content);
    } else {
      group.merge(tiles, content);
    }
    Arrays.fill(known, null);
  }

  /** {@link Parts} of the packed features for a label; absent of a view that has no row for it. */
  byte[] answer(long labelMillis) {
    Sight sight = group.rule().sight(labelMillis);
    byte[] @Nullable [] answers = new byte[tiles.length][];
    for (int i = 0; i < tiles.length; i++) {
      long newest = tiles[i].newestEventMillis();
      if (group.views().get(i).asked().isAnswered(labelMillis, newest)) {
        answers[i] = answer(i, sight.asOf(newest));
      }
    }
    return Parts.put(ByteBuffer.allocate(Parts.size(answers)), answers).array();
  }

  private byte[] answer(int view, long asOf) {
    byte[] holding = known[view];
    if (holding != null && asOf < knownEnds[view]) {
      return holding;
    }
    AskedKernel kernel = group.views().get(view);
    KeyTiles own = tiles[view];
    byte[] computed = kernel.answers().encode(kernel.aggregator().valuesAsOf(own, asOf));
    known[view] = computed;
    knownEnds[view] = kernel.aggregator().nextChangeAfter(own, asOf);
    if (own.size() > compactAbove[view]) {
      kernel.aggregator().compact(own, asOf);
      compactAbove[view] = Math.max(FEW_TILES, 2 * own.size());
    }
    return computed;
  }
}
