package io.freshet.store.redis;

import java.util.List;

/**
 * Brings commands to the servers that have their keys. Every command completes, by itself or when
 * the wire is closed, or is cancelled by who waits. Thread-safe, and never blocks.
 */
interface Wire extends AutoCloseable {
  /** Sends commands together, to each server once, as the wire knows the servers. */
  void send(List<? extends SentCommand<?>> commands);

  /** Sends commands and goes where the servers say, which the wire learns from. */
  void follow(List<? extends SentCommand<?>> commands);

  /** The servers that have keys, as the wire knows them now. */
  List<Destination> servers();

  /** Asks anew who the servers are; of many calls within a second one does. */
  void reroute();

  /** The slot of a key: keys of one slot are on one server. */
  int slotOf(byte[] key);

  @Override
  void close();
}
