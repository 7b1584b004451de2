package io.freshet.batch.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.BoundView;
import io.freshet.plan.PlanCodec;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of a source's events are taken for a view, as tasks get it.
 *
 * @param number what {@link InputSchema#VIEW} says of them
 * @param viewJson a {@link BoundView}
 * @param fromMillis the first event time
 * @param toMillis the event time before which they end, or {@link #NO_END}
 * @param cut by partition of the topic, the offset before which they end: nothing is taken of one
 *     that is absent; null if all offsets are
 * @param seen those that were taken before
 */
public record TakenEvents(
    int number,
    String viewJson,
    long fromMillis,
    long toMillis,
    @Nullable Map<Integer, Long> cut,
    Seen seen)
    implements Serializable {
  /** The end that is after every event. */
  public static final long NO_END = Long.MAX_VALUE;

  /**
   * The events that a tick took: of the source's table up to a version, those before a time.
   *
   * @param beforeMillis the event time
   */
  public record Seen(long version, long beforeMillis) implements Serializable {
    /** None was taken. */
    public static final Seen NOTHING = new Seen(-1, Long.MIN_VALUE);

    /** The events of the same versions, at any time. */
    Seen ofAnyTime() {
      return new Seen(version, Long.MAX_VALUE);
    }

    boolean has(long eventVersion, long timeMillis) {
      return eventVersion <= version && timeMillis < beforeMillis;
    }
  }

  public TakenEvents {
    cut = cut == null ? null : Map.copyOf(cut);
  }

  /** Takes events whether they were taken before or not. */
  public TakenEvents(
      int number,
      String viewJson,
      long fromMillis,
      long toMillis,
      @Nullable Map<Integer, Long> cut) {
    this(number, viewJson, fromMillis, toMillis, cut, Seen.NOTHING);
  }

  public BoundView view() {
    return PlanCodec.decode(viewJson.getBytes(UTF_8), BoundView.class);
  }

  boolean isBeforeCut(int partition, long offset) {
    return cut == null || offset < cut.getOrDefault(partition, 0L);
  }

  boolean isInTime(long timeMillis) {
    return timeMillis >= fromMillis && timeMillis < toMillis;
  }
}
