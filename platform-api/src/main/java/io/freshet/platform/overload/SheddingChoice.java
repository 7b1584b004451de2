package io.freshet.platform.overload;

import io.freshet.plan.Shedding;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which view is shed or recovered next: one at a time, and the next one only when the effect of the
 * last can be seen. The lowest priority is shed first and recovered last; of equal ones the newest
 * is shed first.
 */
record SheddingChoice(Action action, ViewPlan view) {
  /** What is done with the view. */
  enum Action {
    SHED,
    RECOVER
  }

  private static final Comparator<ViewPlan> FIRST_TO_SHED =
      Comparator.comparingInt(SheddingChoice::priority)
          .thenComparing(Comparator.comparingInt(ViewPlan::number).reversed());

  /**
   * @param views of one job
   * @param shed the numbers of the views that are shed now
   * @param actedAt when a view of the job was last shed or recovered, or null
   */
  static Optional<SheddingChoice> of(
      OverloadState state,
      Collection<ViewPlan> views,
      Set<Integer> shed,
      @Nullable Instant actedAt,
      Instant now,
      OverloadSettings settings) {
    if (actedAt != null && now.isBefore(actedAt.plus(settings.settleTime()))) {
      return Optional.empty();
    }
    Predicate<ViewPlan> isShed = view -> shed.contains(view.number());
    return switch (state) {
      case OVERLOADED ->
          settings.shed()
              ? views.stream()
                  .filter(view -> view.view().shedding() != null)
                  .filter(isShed.negate())
                  .min(FIRST_TO_SHED)
                  .map(view -> new SheddingChoice(Action.SHED, view))
              : Optional.empty();
      case AT_RISK -> Optional.empty();
      case HEALTHY ->
          views.stream()
              .filter(isShed)
              .max(FIRST_TO_SHED)
              .map(view -> new SheddingChoice(Action.RECOVER, view));
    };
  }

  private static int priority(ViewPlan view) {
    Shedding shedding = view.view().shedding();
    return shedding == null ? Shedding.HIGHEST : shedding.priority();
  }
}
