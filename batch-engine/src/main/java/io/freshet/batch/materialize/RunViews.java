package io.freshet.batch.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BoundView;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.io.Serializable;
import java.util.List;

/**
 * The part of a run's plan that tasks need, as they get it: as text.
 *
 * @param firstAsOfMillis the first time that values are wanted as of
 * @param asOfMillis the last one; in a tick's run they are the same
 * @param sourceJson a {@link SourcePlan}
 * @param viewsJson {@link ViewPlan}s
 */
public record RunViews(
    String sourceJson, List<String> viewsJson, long firstAsOfMillis, long asOfMillis, int sequence)
    implements Serializable {
  static RunViews of(BatchRunPlan plan) {
    return new RunViews(
        PlanCodec.encodeToString(plan.source()),
        texts(plan.views()),
        plan.asOfMillis(),
        plan.asOfMillis(),
        plan.sequence());
  }

  public SourcePlan source() {
    return PlanCodec.decode(sourceJson.getBytes(UTF_8), SourcePlan.class);
  }

  public List<ViewPlan> views() {
    return viewsJson.stream()
        .map(json -> PlanCodec.decode(json.getBytes(UTF_8), ViewPlan.class))
        .toList();
  }

  ViewPlan view(int number) {
    return views().stream()
        .filter(view -> view.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("view " + number + " is not in the plan"));
  }

  /** The first event time that a window of the view holds as of any of the times. */
  private long earliestStart(BoundView view) {
    return view.features().stream()
        .mapToLong(feature -> feature.window().startAsOf(firstAsOfMillis))
        .min()
        .orElse(firstAsOfMillis);
  }

  /** The events that windows of the views hold as of any of the times. */
  List<TakenEvents> taken() {
    return views().stream().map(view -> taken(view, Seen.NOTHING)).toList();
  }

  /** Of the events that windows of a view hold as of any of the times, those not seen yet. */
  TakenEvents taken(ViewPlan view, Seen seen) {
    return new TakenEvents(
        view.number(),
        PlanCodec.encodeToString(view.view()),
        earliestStart(view.view()),
        asOfMillis,
        null,
        seen);
  }

  private static List<String> texts(List<ViewPlan> views) {
    return views.stream().map(PlanCodec::encodeToString).toList();
  }
}
