package io.freshet.store;

import java.util.Arrays;

/**
 * An entity of a project.
 *
 * @param key the canonical bytes of its join keys; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content below.
public record EntityRef(String project, String entity, byte[] key) {
  @Override
  public boolean equals(Object other) {
    return other instanceof EntityRef that
        && project.equals(that.project)
        && entity.equals(that.entity)
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * project.hashCode() + entity.hashCode()) + Arrays.hashCode(key);
  }
}
