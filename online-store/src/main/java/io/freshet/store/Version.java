package io.freshet.store;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * When a row's value was true and who says so. An upsert wins only over an older version: by epoch,
 * then as-of time, then sequence.
 *
 * @param epoch unsigned; handed out by the control plane, so that a replaced engine is fenced
 * @param asOfMillis the as-of time of the value, milliseconds since the epoch, not negative
 * @param sequence unsigned; orders values of the same as-of time
 */
public record Version(int epoch, long asOfMillis, int sequence) implements Comparable<Version> {
  public static final int BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

  private static final Comparator<Version> ORDER =
      Comparator.<Version>comparingLong(v -> Integer.toUnsignedLong(v.epoch))
          .thenComparingLong(Version::asOfMillis)
          .thenComparingLong(v -> Integer.toUnsignedLong(v.sequence));

  public Version {
    if (asOfMillis < 0) {
      throw new IllegalArgumentException(
          "Cannot make a version as of " + asOfMillis + ": times before 1970 have none");
    }
  }

  /** Writes the 16 bytes, big-endian. */
  public void put(ByteBuffer out) {
    out.putInt(epoch).putLong(asOfMillis).putInt(sequence);
  }

  public static Version take(ByteBuffer in) {
    return new Version(in.getInt(), in.getLong(), in.getInt());
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
