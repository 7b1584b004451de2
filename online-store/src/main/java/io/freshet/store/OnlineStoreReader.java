package io.freshet.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lookups do with the online store. Thread-safe. */
public interface OnlineStoreReader extends AutoCloseable {
  /**
   * Reads rows of many entities in one round trip, each entity's views together.
   *
   * @param views numbers of versions of views
   * @return by entity, then by view, in the orders given; null where there is no row
   * @throws OnlineStoreException if the store does not answer in time
   */
  @Nullable StoredRow[][] read(List<EntityRef> entities, int[] views);

  /**
   * The progress of views; a view without one is absent.
   *
   * @throws OnlineStoreException if the store does not answer in time
   */
  Map<Integer, ViewProgress> progress(String project, int[] views);

  @Override
  void close();
}
