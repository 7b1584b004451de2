package io.freshet.aggregate;

import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.window.Window;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The semantic kernel of one view: how events enter the tiles of a key, what the features are as of
 * a time, and when they change by themselves. Features over the same input share what they can.
 * Immutable and thread-safe; the tiles it works on are not.
 */
public final class ViewAggregator {
  private final Accumulator[] accumulators;
  private final int[] inputOfAccumulator;
  private final Window[] windows;
  private final RollingRead reading;
  private final TilesCodec codec;

  private ViewAggregator(List<FeaturePlan> features, TileLayout layout) {
    this.accumulators = layout.accumulators().toArray(Accumulator[]::new);
    this.inputOfAccumulator = layout.inputs();
    this.codec = new TilesCodec(layout.words(), layout.objects());
    this.windows =
        features.stream()
            .map(FeaturePlan::window)
            .distinct()
            .sorted(Comparator.comparingLong(Window::lengthMillis))
            .toArray(Window[]::new);
    this.reading = RollingRead.of(features, layout, windows);
  }

  public static ViewAggregator of(BoundView view) {
    return new ViewAggregator(view.features(), TileLayout.of(view));
  }

  /** The state of a key without events. */
  public KeyTiles empty() {
    return codec.empty();
  }

  /**
   * Lets an event enter.
   *
   * @param inputs one value an input of the view, or null
   */
  public void add(KeyTiles tiles, long timeMillis, @Nullable Object[] inputs) {
    int tile = tileOf(tiles, timeMillis);
    for (int i = 0; i < accumulators.length; i++) {
      int input = inputOfAccumulator[i];
      Object value = input == FeaturePlan.NO_INPUT ? (Object) true : inputs[input];
      if (value != null) {
        accumulators[i].add(tiles, tile, timeMillis, value);
      }
    }
    tiles.entered(timeMillis, 1);
  }

  /** Merges all of another state of the same view into a state. */
  public void merge(KeyTiles into, KeyTiles from) {
    for (int i = 0; i < from.size(); i++) {
      mergeTile(into, into.at(from.startMillis(i)), from, i);
    }
    into.entered(from.newestEventMillis(), from.events());
  }

  /** A state without events, that remembers when the newest one of another state was. */
  public KeyTiles emptied(KeyTiles tiles) {
    KeyTiles empty = codec.empty();
    empty.entered(tiles.newestEventMillis(), 0);
    return empty;
  }

  /**
   * The features' values as of a time, in the view's order.
   *
   * @throws IllegalArgumentException if an event at the time or later has entered: a value must not
   *     see what came after it
   */
  public @Nullable Object[] valuesAsOf(KeyTiles tiles, long asOfMillis) {
    if (tiles.newestEventMillis() >= asOfMillis) {
      throw new IllegalArgumentException(
          "Cannot answer as of "
              + asOfMillis
              + ": an event at "
              + tiles.newestEventMillis()
              + " has entered");
    }
    return reading.values(tiles, codec.empty(), asOfMillis);
  }

  /**
   * When a value next changes without an event, because a tile leaves a window.
   *
   * @return an as-of time after the given one, or {@code Long.MAX_VALUE} if there is none
   */
  public long nextChangeAfter(KeyTiles tiles, long asOfMillis) {
    long next = Long.MAX_VALUE;
    for (Window window : windows) {
      int oldest = tiles.firstFrom(window.startAsOf(asOfMillis));
      if (oldest < tiles.size()) {
        next = Math.min(next, window.leavesAt(tiles.startMillis(oldest)));
      }
    }
    return next;
  }

  /** Whether no window holds an event as of the time or later. */
  public boolean isEmptyAsOf(KeyTiles tiles, long asOfMillis) {
    return tiles.firstFrom(longestStart(asOfMillis)) == tiles.size();
  }

  /**
   * Drops the tiles that no window holds as of the time or later, and merges those that only
   * coarser windows hold to those windows' hop: what is left are at most {@code length / hop + 2}
   * tiles a window, and one for all events. The state answers as of the time or later as it did
   * before.
   */
  public void compact(KeyTiles tiles, long asOfMillis) {
    tiles.drop(0, tiles.firstFrom(longestStart(asOfMillis)));
    long finerFrom = Long.MAX_VALUE;
    for (Window window : windows) {
      if (finerFrom != Long.MAX_VALUE) {
        coarsen(tiles, finerFrom, window);
      }
      finerFrom = Math.min(finerFrom, window.startAsOf(asOfMillis));
    }
  }

  /** The binary form of a state, which {@link #decode} of the same view reads. */
  public byte[] encode(KeyTiles tiles) {
    return codec.encode(tiles);
  }

  /**
   * @throws IllegalArgumentException if the bytes are of an unknown version or of another layout
   */
  public KeyTiles decode(byte[] bytes) {
    return codec.decode(bytes);
  }

  private long longestStart(long asOfMillis) {
    return windows[windows.length - 1].startAsOf(asOfMillis);
  }

  /** Most events enter the newest tile, which is found without a division. */
  private int tileOf(KeyTiles tiles, long timeMillis) {
    int newest = tiles.size() - 1;
    Window finest = windows[0];
    if (newest >= 0) {
      long into = timeMillis - tiles.startMillis(newest);
      if (into >= 0 && into < finest.hopMillis()) {
        return newest;
      }
    }
    return tiles.at(tileStart(timeMillis, finest));
  }

  /** The tile of all that is older than any tail stays it, at whatever hop. */
  private static long tileStart(long timeMillis, Window window) {
    return window.holdsAll() || timeMillis == Window.LIFETIME_START
        ? Window.LIFETIME_START
        : Window.floor(timeMillis, window.hopMillis());
  }

  /**
   * Merges the tiles that start before a time to tiles of a window's hop, in place. No finer window
   * will start before that time again, so the last of them may be a part of its hop only: what is
   * added to it later starts later.
   */
  private void coarsen(KeyTiles tiles, long beforeMillis, Window window) {
    int end = tiles.firstFrom(beforeMillis);
    int kept = 0;
    for (int i = 0; i < end; i++) {
      long start = tileStart(tiles.startMillis(i), window);
      if (kept > 0 && tiles.startMillis(kept - 1) == start) {
        mergeTile(tiles, kept - 1, tiles, i);
      } else {
        tiles.move(i, kept, start);
        kept++;
      }
    }
    tiles.drop(kept, end);
  }

  private void mergeTile(KeyTiles into, int tile, KeyTiles from, int fromTile) {
    for (Accumulator accumulator : accumulators) {
      accumulator.merge(into, tile, from, fromTile, fromTile + 1);
    }
  }
}
