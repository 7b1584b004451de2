package io.freshet.store;

/** The online store, for reading, for writing, and for being known again. */
public interface OnlineStore extends OnlineStoreReader, OnlineStoreWriter, StoreMarks {
  @Override
  void close();
}
