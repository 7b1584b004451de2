package io.freshet.platform.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lane;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lane as users see it.
 *
 * @param state BOOTSTRAPPING, LIVE or ENDED
 * @param step of its hand-over: CUT, HISTORY, SETTLING or DONE
 * @param cut by partition, the offset of the first record that it counts; absent if it counts all
 * @param run the batch run that hands its history over
 * @param events how many events that has sent
 * @param keys of how many keys
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LaneAnswer(
    int lane,
    int epoch,
    String delivery,
    String state,
    boolean shedding,
    String reason,
    String step,
    @Nullable String waitingFor,
    @Nullable Map<Integer, Long> cut,
    @Nullable String run,
    @Nullable Long events,
    @Nullable Long keys,
    Instant beganAt,
    Instant stepAt,
    @Nullable Instant liveAt,
    @Nullable Instant endedAt) {
  static LaneAnswer of(Lane lane) {
    ViewPlan plan = lane.plan();
    return new LaneAnswer(
        plan.lane(),
        plan.epoch(),
        plan.view().delivery().wireName(),
        lane.endedAt() == null ? plan.phase().name() : "ENDED",
        plan.shedding(),
        lane.reason(),
        lane.step().name(),
        lane.waitingFor(),
        lane.cut(),
        lane.run(),
        lane.events(),
        lane.keys(),
        lane.beganAt(),
        lane.stepAt(),
        lane.liveAt(),
        lane.endedAt());
  }
}
