package io.freshet.streaming.source;

/**
 * How far event time has come: complete through T says that every event before T has come, but for
 * late ones. Values as of T are then final. Flink's watermark for it is T - 1, the greatest time
 * that no more events have.
 */
public final class CompleteThrough {
  /** Nothing is known yet. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private CompleteThrough() {}

  public static long ofWatermark(long watermark) {
    return watermark == Long.MIN_VALUE ? UNKNOWN : watermark + 1;
  }

  public static long toWatermark(long throughMillis) {
    return throughMillis - 1;
  }

  /** Whether an event is behind by more than is allowed. */
  public static boolean isLate(long timeMillis, long throughMillis, long allowedMillis) {
    return throughMillis != UNKNOWN && timeMillis < throughMillis - allowedMillis;
  }
}
