package io.freshet.store;

/** The online store, for reading and for writing. */
public interface OnlineStore extends OnlineStoreReader, OnlineStoreWriter {
  @Override
  void close();
}
