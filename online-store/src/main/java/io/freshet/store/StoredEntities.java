package io.freshet.store;

import java.util.List;
import java.util.function.Predicate;

/** Tells which entities a store has rows of, for checks: it looks at everything. Thread-safe. */
public interface StoredEntities {
  /**
   * The entities of a kind that are there from the beginning to the end of the call, each once, in
   * no order; those that come or go meanwhile may be among them.
   *
   * @param entity the kind, as {@link EntityRef#entity()}
   * @param wanted by the canonical bytes of the join keys, which it must not change
   * @param most how many may be wanted
   * @throws OnlineStoreException if the store, or a part of it, does not answer in time, or more
   *     are wanted
   */
  List<EntityRef> entities(String project, String entity, Predicate<byte[]> wanted, int most);
}
