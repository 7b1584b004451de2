package io.freshet.platform.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a view is on its way to the engine that it is routed to.
 *
 * @param step CUT, HISTORY or SETTLING of the hand-over to a lane, or MATERIALIZING where the batch
 *     engine is to take the view over
 * @param lane that gets its history; null if the batch engine is to take the view over
 * @param since when the step began
 * @param waitingFor what is waited for, as far as is known
 * @param events how many events were handed over
 * @param keys of how many keys
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandOverProgress(
    String step,
    @Nullable Integer lane,
    @Nullable Instant since,
    @Nullable String waitingFor,
    @Nullable Long events,
    @Nullable Long keys) {
  /**
   * Empty if the view is where it belongs.
   *
   * @param running the lanes of the view's version, or of several
   * @param next the plan of the batch engine that is to take the view over, or null
   */
  public static Optional<HandOverProgress> of(
      int viewNumber, List<Lane> running, @Nullable ViewPlan next) {
    if (next != null) {
      String run = "a run of tier " + next.tier().wireName() + " to succeed";
      return Optional.of(new HandOverProgress("MATERIALIZING", null, null, run, null, null));
    }
    return running.stream()
        .filter(lane -> lane.plan().number() == viewNumber && lane.step() != Lane.Step.DONE)
        .reduce((older, newer) -> newer)
        .map(HandOverProgress::of);
  }

  private static HandOverProgress of(Lane lane) {
    return new HandOverProgress(
        lane.step().name(),
        lane.number(),
        lane.stepAt(),
        lane.waitingFor(),
        lane.events(),
        lane.keys());
  }
}
