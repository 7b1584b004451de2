package io.freshet.plan;

import java.util.List;

/**
 * What a finished hand-over run did.
 *
 * @param archivedEvents events that the run added to the archive
 */
public record HandOverResult(String runId, long archivedEvents, List<LaneResult> lanes) {
  /**
   * What it sent to a lane.
   *
   * @param events how many events are in the tiles
   * @param keys how many keys were handed over, those with empty windows among them
   */
  public record LaneResult(int lane, long events, long keys) {}

  public HandOverResult {
    lanes = List.copyOf(lanes);
  }
}
