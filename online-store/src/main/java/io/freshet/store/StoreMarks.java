package io.freshet.store;

/**
 * Marks by which a store is known again: one that comes back without its data has lost them too.
 * Thread-safe.
 */
public interface StoreMarks {
  /**
   * Whether the whole of a mark is there.
   *
   * @throws OnlineStoreException if the store, or a part of it, does not answer in time: that says
   *     nothing about its data
   */
  boolean isMarked(String id);

  /**
   * Leaves a mark in every part of the store that could lose its data alone. Other marks stay.
   *
   * @param id ASCII letters, digits and hyphens
   * @throws OnlineStoreException if it is not known to be there; the same again is harmless
   */
  void mark(String id);
}
