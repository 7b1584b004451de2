package io.freshet.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Watches how far the views of one tier are, and tells it about once a minute. */
final class TierWatch {
  private static final Duration REPORT = Duration.ofMinutes(1);
  private final String tier;
  private final Progress progress;
  private final Predicate<Progress> completion;
  private final Narration narration;
  private final Instant begun = Instant.now();
  private Instant reported = begun;
  private boolean complete;

  TierWatch(
      String tier,
      PlatformClient client,
      String project,
      Predicate<Progress> completion,
      Narration narration) {
    this.tier = tier;
    this.progress = new Progress(client, project, OracleViews.keyKinds(List.of(tier)));
    this.completion = completion;
    this.narration = narration;
  }

  boolean isComplete() {
    if (complete) {
      return true;
    }
    Instant now = Instant.now();
    complete = completion.test(progress);
    if (complete) {
      narration.say(
          "Tier %s is complete after %d s"
              .formatted(tier, Duration.between(begun, now).toSeconds()));
    } else if (Duration.between(reported, now).compareTo(REPORT) >= 0) {
      reported = now;
      narration.say("  … " + progress);
    }
    return complete;
  }
}
