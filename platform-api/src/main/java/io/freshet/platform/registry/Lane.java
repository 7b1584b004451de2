package io.freshet.platform.registry;

import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One computation of a view by the streaming engine, as stored.
 *
 * @param step how far the hand-over of its history is
 * @param reason why there is the lane
 * @param cut by partition of the source's topic, the offset of the first record that it counts;
 *     null until the stream has said so of all, and for ever if it counts all events
 * @param run the batch run that hands its history over
 * @param events how many events that run has sent
 * @param keys of how many keys
 * @param waitingFor what the hand-over waits for
 * @param stepAt when the step began
 */
public record Lane(
    ViewPlan plan,
    Step step,
    String reason,
    @Nullable Map<Integer, Long> cut,
    @Nullable String run,
    @Nullable Long events,
    @Nullable Long keys,
    @Nullable String waitingFor,
    Instant beganAt,
    Instant stepAt,
    @Nullable Instant liveAt,
    @Nullable Instant endedAt) {
  /** The steps of a hand-over, each begun when the one before is done. */
  public enum Step {
    /** The stream is to say where the lane begins in each partition. */
    CUT,
    /** A batch run is to send the tiles of the events before. */
    HISTORY,
    /** The stream is to say that it has taken them in. */
    SETTLING,
    DONE
  }

  public Lane {
    cut = cut == null ? null : Map.copyOf(cut);
  }

  public int number() {
    return plan.lane();
  }

  /** A lane that begins now. */
  static Lane begun(ViewPlan plan, String reason, Instant now) {
    boolean live = plan.phase() == ViewPlan.Phase.LIVE;
    return new Lane(
        plan,
        live ? Step.DONE : Step.CUT,
        reason,
        null,
        null,
        null,
        null,
        null,
        now,
        now,
        live ? now : null,
        null);
  }
}
