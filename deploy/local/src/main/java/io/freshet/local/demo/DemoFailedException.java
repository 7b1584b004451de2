package io.freshet.local.demo;

/** The demonstration cannot go on; the message says why. */
final class DemoFailedException extends RuntimeException {
  DemoFailedException(String message) {
    super(message);
  }

  DemoFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
