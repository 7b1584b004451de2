package io.freshet.aggregate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of one key of one view, in ascending order of start: its whole aggregation state. Each
 * tile is a fixed number of words (longs, or doubles by their bits) and of objects (what is not a
 * number), laid out by the {@link ViewAggregator} that made it. Mutable, for one thread.
 */
public final class KeyTiles {
  static final long NO_EVENT = Long.MIN_VALUE;
  private static final int INITIAL_TILES = 4;

  private final int wordsATile;
  private final int objectsATile;
  private int size;
  private long[] starts;
  private long[] words;
  private @Nullable Object[] objects;
  private long newestEventMillis = NO_EVENT;
  private long events;

  KeyTiles(int wordsATile, int objectsATile) {
    this.wordsATile = wordsATile;
    this.objectsATile = objectsATile;
    this.starts = new long[INITIAL_TILES];
    this.words = new long[INITIAL_TILES * wordsATile];
    this.objects = new @Nullable Object[INITIAL_TILES * objectsATile];
  }

  /** How many tiles there are. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** When the tile at the index starts, in milliseconds since the epoch. */
  public long startMillis(int tile) {
    return starts[tile];
  }

  /**
   * Puts a tile in the place of an earlier one or its own, with a new start; the order must stay.
   */
  void move(int from, int to, long startMillis) {
    System.arraycopy(words, from * wordsATile, words, to * wordsATile, wordsATile);
    System.arraycopy(objects, from * objectsATile, objects, to * objectsATile, objectsATile);
    starts[to] = startMillis;
  }

  /** The newest event time that ever entered, or {@code Long.MIN_VALUE} if none did. */
  public long newestEventMillis() {
    return newestEventMillis;
  }

  /** How many events ever entered since the state was born; tiles that left still count. */
  public long events() {
    return events;
  }

  long word(int tile, int slot) {
    return words[tile * wordsATile + slot];
  }

  void word(int tile, int slot, long value) {
    words[tile * wordsATile + slot] = value;
  }

  double real(int tile, int slot) {
    return Double.longBitsToDouble(word(tile, slot));
  }

  void real(int tile, int slot, double value) {
    word(tile, slot, Double.doubleToRawLongBits(value));
  }

  @Nullable Object object(int tile, int slot) {
    return objects[tile * objectsATile + slot];
  }

  void object(int tile, int slot, @Nullable Object value) {
    objects[tile * objectsATile + slot] = value;
  }

  /**
   * Notes events. What a state without events remembers of their times yields to events.
   *
   * @param count 0 if the time is only remembered
   */
  void entered(long newestMillis, long count) {
    if (events == 0 && count > 0) {
      newestEventMillis = newestMillis;
    } else if (count > 0 || events == 0) {
      newestEventMillis = Math.max(newestEventMillis, newestMillis);
    }
    events += count;
  }

  /** The index of the first tile that starts at the time or later. */
  int firstFrom(long startMillis) {
    if (size == 0 || starts[size - 1] < startMillis) {
      return size;
    }
    int found = Arrays.binarySearch(starts, 0, size, startMillis);
    return found >= 0 ? found : -found - 1;
  }

  /** The index of the tile that starts here, which is made empty if there is none. */
  int at(long startMillis) {
    int index = firstFrom(startMillis);
    if (index < size && starts[index] == startMillis) {
      return index;
    }
    insert(index, startMillis);
    return index;
  }

  void drop(int from, int to) {
    int count = to - from;
    System.arraycopy(starts, to, starts, from, size - to);
    System.arraycopy(words, to * wordsATile, words, from * wordsATile, (size - to) * wordsATile);
    System.arraycopy(
        objects, to * objectsATile, objects, from * objectsATile, (size - to) * objectsATile);
    Arrays.fill(objects, (size - count) * objectsATile, size * objectsATile, null);
    size -= count;
  }

  private void insert(int index, long startMillis) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      words = Arrays.copyOf(words, size * 2 * wordsATile);
      objects = Arrays.copyOf(objects, size * 2 * objectsATile);
    }
    int moved = size - index;
    System.arraycopy(starts, index, starts, index + 1, moved);
    System.arraycopy(
        words, index * wordsATile, words, (index + 1) * wordsATile, moved * wordsATile);
    System.arraycopy(
        objects, index * objectsATile, objects, (index + 1) * objectsATile, moved * objectsATile);
    Arrays.fill(words, index * wordsATile, (index + 1) * wordsATile, 0L);
    Arrays.fill(objects, index * objectsATile, (index + 1) * objectsATile, null);
    starts[index] = startMillis;
    size++;
  }
}
