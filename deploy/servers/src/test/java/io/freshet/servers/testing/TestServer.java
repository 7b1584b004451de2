package io.freshet.servers.testing;

/** A server that a test can stop, kill and start again on the same port and data. */
interface TestServer extends AutoCloseable {
  /** Starts it and returns once it serves. */
  void start();

  /** Ends it in an orderly way and returns once it has ended. */
  void stop();

  /** Ends it as {@code kill -9} does and returns once it has ended. */
  void kill();

  /** Kills it and deletes its data. */
  @Override
  void close();
}
