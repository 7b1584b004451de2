package io.freshet.examples.lateflights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/** The features, as {@code definitions.yaml} declares them. */
final class Definitions {
  private Definitions() {}

  /**
   * @param table the folder of the departures
   */
  static String over(Path table) throws IOException {
    try (InputStream yaml = Definitions.class.getResourceAsStream("definitions.yaml")) {
      return new String(Objects.requireNonNull(yaml, "definitions.yaml").readAllBytes(), UTF_8)
          .replace("path: TABLE", "path: " + table);
    }
  }
}
