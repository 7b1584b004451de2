package io.freshet.batch.backfill;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Ticks that follow each other. All times are milliseconds since the epoch.
 *
 * @param fromMillis the first tick
 * @param toMillis the tick after the last one; not before the first
 * @param periodMillis between two ticks, which are its multiples
 */
record Ticks(long fromMillis, long toMillis, long periodMillis) implements Serializable {
  Ticks {
    if (fromMillis % periodMillis != 0 || toMillis % periodMillis != 0 || toMillis < fromMillis) {
      throw new IllegalArgumentException(
          "no ticks of %d ms are from %d to %d".formatted(periodMillis, fromMillis, toMillis));
    }
  }

  /** The ticks that are at a time or later, and before another. */
  static Ticks between(long fromMillis, long toMillis, long periodMillis) {
    long first = upTo(fromMillis, periodMillis);
    return new Ticks(first, Math.max(first, upTo(toMillis, periodMillis)), periodMillis);
  }

  private static long upTo(long millis, long period) {
    return -Math.floorDiv(-millis, period) * period;
  }

  boolean isEmpty() {
    return fromMillis == toMillis;
  }

  long count() {
    return (toMillis - fromMillis) / periodMillis;
  }

  long lastMillis() {
    return toMillis - periodMillis;
  }

  /** The tick before the first one. */
  long beforeMillis() {
    return fromMillis - periodMillis;
  }

  /** The first tick, of these or any other, that is at a time or later. */
  long at(long millis) {
    return upTo(millis, periodMillis);
  }

  /** The first tick, of these or any other, that is later than a time. */
  long after(long millis) {
    return at(millis + 1);
  }

  boolean has(long tickMillis) {
    return fromMillis <= tickMillis && tickMillis < toMillis;
  }

  /** Those before a time. */
  Ticks before(long millis) {
    return between(fromMillis, Math.min(toMillis, at(millis)), periodMillis);
  }

  /** Those that are none of others, as far as they follow each other. */
  List<Ticks> without(List<Ticks> others) {
    List<Ticks> left = List.of(this);
    for (Ticks other : others) {
      List<Ticks> fewer = new ArrayList<>();
      for (Ticks part : left) {
        part.addWithout(other, fewer);
      }
      left = fewer;
    }
    return left;
  }

  private void addWithout(Ticks other, List<Ticks> parts) {
    if (other.toMillis <= fromMillis || other.fromMillis >= toMillis) {
      parts.add(this);
      return;
    }
    if (fromMillis < other.fromMillis) {
      parts.add(new Ticks(fromMillis, other.fromMillis, periodMillis));
    }
    if (other.toMillis < toMillis) {
      parts.add(new Ticks(other.toMillis, toMillis, periodMillis));
    }
  }
}
