package io.freshet.local.demo;

import java.time.Duration;

/** Windows as the demonstration's views write them: {@code 10m}, {@code 7d}. */
final class Windows {
  private Windows() {}

  static long millis(String window) {
    String iso = window.endsWith("d") ? "P" + window : "PT" + window;
    return Duration.parse(iso).toMillis();
  }
}
