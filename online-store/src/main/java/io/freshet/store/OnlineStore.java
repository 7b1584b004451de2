package io.freshet.store;

/** The online store, for reading, for writing, for being known again, and for being checked. */
public interface OnlineStore
    extends OnlineStoreReader, OnlineStoreWriter, StoreMarks, StoredEntities {
  @Override
  void close();
}
