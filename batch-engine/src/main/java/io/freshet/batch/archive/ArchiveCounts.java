package io.freshet.batch.archive;

/**
 * What became of the topic's new records.
 *
 * @param events those that were added to the archive
 * @param rejected those that are no events
 */
public record ArchiveCounts(long events, long rejected) {
  static final ArchiveCounts NONE = new ArchiveCounts(0, 0);

  ArchiveCounts plus(ArchiveCounts other) {
    return new ArchiveCounts(events + other.events, rejected + other.rejected);
  }
}
