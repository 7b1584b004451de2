package io.freshet.streaming;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;

/** The deadline of all that must come true, wide enough for a machine that others use too. */
public final class Soon {
  private static final Duration DEADLINE = Duration.ofSeconds(150);

  private Soon() {}

  public static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(250))
        .pollInSameThread()
        .ignoreExceptions()
        .untilAsserted(assertion);
  }
}
