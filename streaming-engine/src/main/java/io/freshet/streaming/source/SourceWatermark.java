package io.freshet.streaming.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far the partitions of a subtask have been read, in event time. A partition stands at its
 * newest event; where it is caught up and silent, it stands at the wall clock of the probe that
 * found it so. One that is not caught up (a backlog, a broker out of reach) never moves by the wall
 * clock. Not thread-safe.
 */
final class SourceWatermark {
  /** How long no record may have come before a caught-up partition counts as silent. */
  static final long SILENCE_MILLIS = 1_000;

  private final long maxDisorderMillis;
  private final Map<Integer, Track> tracks = new HashMap<>();

  SourceWatermark(long maxDisorderMillis) {
    this.maxDisorderMillis = maxDisorderMillis;
  }

  boolean hasPartitions() {
    return !tracks.isEmpty();
  }

  void assigned(PartitionAssigned notice, long nowMillis) {
    tracks.put(notice.partition(), new Track(notice.startOffset(), nowMillis));
  }

  /** A record was read, usable or not. */
  void received(int partition, long offset, long nowMillis) {
    Track track = track(partition);
    track.position = offset + 1;
    track.lastReceivedMillis = nowMillis;
  }

  /**
   * A usable event was read. One that is ahead of its arrival counts as of its arrival: in a
   * backlog, where the wall clock bounds nothing, a fast clock would else make others late.
   */
  void sawEvent(int partition, long eventTimeMillis, long arrivalMillis) {
    Track track = track(partition);
    long reached = Math.min(eventTimeMillis, arrivalMillis);
    track.standsAtMillis = Math.max(track.standsAtMillis, reached);
  }

  /** The offsets that are read next; {@link PartitionAssigned#EARLIEST} where nothing was read. */
  Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new HashMap<>();
    tracks.forEach((partition, track) -> positions.put(partition, track.position));
    return positions;
  }

  /** The offsets that are read next in the partitions that are silent. */
  Map<Integer, Long> silentPositions(long nowMillis) {
    Map<Integer, Long> positions = new HashMap<>();
    tracks.forEach(
        (partition, track) -> {
          if (track.lastReceivedMillis + SILENCE_MILLIS <= nowMillis) {
            positions.put(partition, track.position);
          }
        });
    return positions;
  }

  /**
   * The end of the log was looked up.
   *
   * @param asked what {@link #silentPositions} said when the probe began
   * @param beganMillis when it began
   * @param exhausted the partitions with nothing to read at the positions asked
   */
  void probed(Map<Integer, Long> asked, long beganMillis, Set<Integer> exhausted) {
    for (int partition : exhausted) {
      Track track = tracks.get(partition);
      Long position = asked.get(partition);
      if (track != null && position != null && track.position == position) {
        track.standsAtMillis = Math.max(track.standsAtMillis, beganMillis);
      }
    }
  }

  /**
   * The time that every event before has been read, but for late ones; never ahead of the wall
   * clock less the disorder.
   *
   * @return milliseconds since the epoch, or {@link CompleteThrough#UNKNOWN}
   */
  long completeThrough(long nowMillis) {
    long least = nowMillis;
    for (Track track : tracks.values()) {
      least = Math.min(least, track.standsAtMillis);
    }
    return tracks.isEmpty() || least == CompleteThrough.UNKNOWN
        ? CompleteThrough.UNKNOWN
        : least - maxDisorderMillis;
  }

  private Track track(int partition) {
    Track track = tracks.get(partition);
    if (track == null) {
      throw new IllegalStateException("partition " + partition + " was not announced");
    }
    return track;
  }

  /** How far one partition has been read. */
  private static final class Track {
    private long position;
    private long lastReceivedMillis;
    private long standsAtMillis = CompleteThrough.UNKNOWN;

    Track(long position, long assignedMillis) {
      this.position = position;
      this.lastReceivedMillis = assignedMillis;
    }
  }
}
