package io.freshet.batch.consistency;

import java.util.Arrays;

/**
 * The canonical bytes of an entity's join keys.
 *
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content below.
record SampledKey(byte[] bytes) {
  @Override
  public boolean equals(Object other) {
    return other instanceof SampledKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
