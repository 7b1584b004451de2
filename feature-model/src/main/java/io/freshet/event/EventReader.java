package io.freshet.event;

import org.jspecify.annotations.Nullable;

/** Takes the columns out of messages of one format. Thread-safe. */
interface EventReader {
  /**
   * @return one value a column of the source's schema, in its order, or null
   * @throws RefusedMessageException if the message is not of the format, or a value not of its type
   */
  @Nullable Object[] read(byte[] message);
}
