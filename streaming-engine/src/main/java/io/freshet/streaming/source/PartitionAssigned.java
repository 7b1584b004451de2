package io.freshet.streaming.source;

/**
 * A partition is read by this subtask from now on; comes before its first record.
 *
 * @param startOffset the offset of the first record that will be read, or {@link #EARLIEST}
 */
public record PartitionAssigned(int partition, long startOffset) implements SourceItem {
  /** The start of the log, wherever that is. */
  public static final long EARLIEST = -2;
}
