package io.freshet.local.platform;

/** Whether a service really serves, asked over its own protocol. */
public interface HealthCheck extends AutoCloseable {
  /**
   * Asks once, for two seconds at most.
   *
   * @throws Exception if the service does not serve; the message says what was wrong
   */
  void ask() throws Exception;

  @Override
  default void close() {}
}
