package io.freshet.serving;

/**
 * What is seen at a time, and the same from the other side: from when on an event is seen. The two
 * agree: {@code sight(L).holds(event, arrival)} exactly if {@code L >= visibleFrom(event,
 * arrival)}. An event is never seen at its own time or before, and of a rule that serves never at
 * its arrival or before. A later time never sees less. All times are milliseconds since the epoch.
 */
public sealed interface ServingRule {
  /** What a label at the time sees. */
  Sight sight(long timeMillis);

  /** The first time that sees an event. */
  long visibleFrom(long eventMillis, long arrivalMillis);

  /** Everything that happened before, whenever it arrived. */
  record Exact() implements ServingRule {
    @Override
    public Sight sight(long timeMillis) {
      return new Sight(timeMillis, Sight.ANY_ARRIVAL, timeMillis);
    }

    @Override
    public long visibleFrom(long eventMillis, long arrivalMillis) {
      return eventMillis + 1;
    }
  }

  /**
   * What a tier with ticks has online: the rows of the newest tick whose run has written them.
   *
   * @param periodMillis between two ticks, which are its multiples
   */
  record Ticks(long periodMillis, ServingDelay delay) implements ServingRule {
    public Ticks {
      if (periodMillis <= 0) {
        throw new IllegalArgumentException(
            "Cannot have a tick every " + periodMillis + " ms: a period is positive");
      }
    }

    @Override
    public Sight sight(long timeMillis) {
      long tick = tickUpTo(timeMillis - delay.onlineMillis() - 1);
      return new Sight(tick, tick + delay.archiveMillis(), tick);
    }

    @Override
    public long visibleFrom(long eventMillis, long arrivalMillis) {
      long earliest = Math.max(eventMillis, arrivalMillis - delay.archiveMillis());
      long tick = tickUpTo(earliest) + periodMillis;
      return tick + delay.onlineMillis() + 1;
    }

    private long tickUpTo(long timeMillis) {
      return Math.floorDiv(timeMillis, periodMillis) * periodMillis;
    }
  }

  /**
   * What a stream has online.
   *
   * @param onlineMillis from an event's arrival to its row in the online store
   * @param disorderMillis how far its watermark, by which windows decay, is behind
   */
  record Stream(long onlineMillis, long disorderMillis) implements ServingRule {
    public Stream {
      if (onlineMillis < 0 || disorderMillis < 0) {
        throw new IllegalArgumentException(
            "Cannot be online %d ms after arrival with a watermark %d ms behind: both are 0 or more"
                .formatted(onlineMillis, disorderMillis));
      }
    }

    @Override
    public Sight sight(long timeMillis) {
      long served = timeMillis - onlineMillis;
      return new Sight(timeMillis, served, served - disorderMillis);
    }

    @Override
    public long visibleFrom(long eventMillis, long arrivalMillis) {
      return Math.max(eventMillis, arrivalMillis + onlineMillis) + 1;
    }
  }
}
