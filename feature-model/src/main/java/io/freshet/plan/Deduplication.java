package io.freshet.plan;

/**
 * Which events of a source are copies of others.
 *
 * @param id the column whose value is the same in all copies
 * @param withinMillis how far apart the event times of two copies may be
 */
public record Deduplication(String id, long withinMillis) {}
