package io.freshet.streaming.source;

import java.util.Map;
import java.util.Set;

/** Looks up whether there is more to read in a topic. For one thread at a time. */
public interface TopicEnds extends AutoCloseable {
  /**
   * Asks the broker.
   *
   * @param positions by partition, the offset that is read next or {@link
   *     PartitionAssigned#EARLIEST}
   * @return the partitions that hold no record at their position or later
   * @throws Exception if the broker does not answer: then nothing is known
   */
  Set<Integer> exhausted(Map<Integer, Long> positions) throws Exception;

  @Override
  void close();
}
