package io.freshet.benchmark.streaming;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Records which methods this JVM is in, ten times as often as JFR does by default. */
final class Profile {
  private static final Duration EVERY = Duration.ofMillis(10);

  private final String file;
  private @Nullable Recording recording;

  /**
   * @param file where to, or "" to record nothing
   */
  Profile(String file) {
    this.file = file;
  }

  void begin() throws IOException, ParseException {
    if (!file.isEmpty()) {
      Recording begun = new Recording();
      begun.enable("jdk.ExecutionSample").withPeriod(EVERY);
      begun.enable("jdk.NativeMethodSample").withPeriod(EVERY);
      begun.start();
      recording = begun;
    }
  }

  void end() throws IOException {
    if (recording != null) {
      recording.stop();
      recording.dump(Path.of(file));
      recording.close();
      recording = null;
    }
  }
}
