package io.freshet.local.platform;

import java.nio.file.Path;

/** How JVMs are started. */
final class Launching {
  private Launching() {}

  /** The java executable that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
