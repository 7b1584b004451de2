package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.serving.Sight;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A view and key with what labels see of it so far. */
final class KeyTrack {
  /** Below it the tiles are not worth compacting. */
  private static final int FEW_TILES = 64;

  private final int range;
  private final byte[] key;
  private final AskedKernel view;
  private final KeyTiles tiles;
  private int compactAbove = FEW_TILES;
  private byte @Nullable [] answer;
  private long answerEndsAt;

  private KeyTrack(int range, byte[] key, AskedKernel view) {
    this.range = range;
    this.key = key;
    this.view = view;
    this.tiles = view.aggregator().empty();
  }

  static KeyTrack of(TimelineEntry first, AskedKernel view) {
    return new KeyTrack(first.range(), first.key(), view);
  }

  boolean isOf(TimelineEntry entry) {
    return entry.isOf(view.index(), range, key);
  }

  /** Lets an event, or the tiles of earlier ones, be seen from now on. */
  void enter(TimelineEntry entry) {
    ByteBuffer content = entry.content();
    if (entry.kind() == TimelineEntry.Kind.EVENT) {
      view.add(tiles, content.getLong(), content);
    } else {
      byte[] packed = new byte[content.remaining()];
      content.get(packed);
      view.aggregator().merge(tiles, view.aggregator().decode(packed));
    }
    answer = null;
  }

  /** The packed features for a label; null if it finds no row. */
  byte @Nullable [] answer(long labelMillis) {
    long newest = tiles.newestEventMillis();
    if (!view.asked().isAnswered(labelMillis, newest)) {
      return null;
    }
    Sight sight = view.rule().sight(labelMillis);
    long asOf = sight.asOf(newest);
    byte[] known = answer;
    if (known == null || asOf >= answerEndsAt) {
      known = view.answers().encode(view.aggregator().valuesAsOf(tiles, asOf));
      answer = known;
      answerEndsAt = view.aggregator().nextChangeAfter(tiles, asOf);
      compact(asOf);
    }
    return known;
  }

  private void compact(long asOf) {
    if (tiles.size() > compactAbove) {
      view.aggregator().compact(tiles, asOf);
      compactAbove = Math.max(FEW_TILES, 2 * tiles.size());
    }
  }
}
