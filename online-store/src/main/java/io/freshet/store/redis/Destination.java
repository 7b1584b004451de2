package io.freshet.store.redis;

/** One of the servers of a wire, for commands without a key. */
interface Destination {
  /** Sends a command there and nowhere else; never blocks. */
  void send(SentCommand<?> command);
}
