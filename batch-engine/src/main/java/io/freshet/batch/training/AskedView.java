package io.freshet.batch.training;

import io.freshet.batch.materialize.TakenEvents;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.ViewPlan;
import io.freshet.serving.ServingRule;
import io.freshet.value.RowCodec;

/**
 * A view whose features are wanted for labels.
 *
 * @param index among all views of the training set
 * @param rule what labels see of its events
 */
record AskedView(int index, ViewPlan plan, Mode mode, ServingRule rule) {
  BoundView view() {
    return plan.view();
  }

  /** How its answers are packed. */
  RowCodec answers() {
    return new RowCodec(view().features().stream().map(FeaturePlan::resultType).toList());
  }

  /**
   * The events that some label can see in a window or, as served, by the row being there.
   *
   * @param firstMillis the time of the first label
   * @param lastMillis that of the last
   */
  TakenEvents taken(long firstMillis, long lastMillis) {
    long decayed = rule.sight(firstMillis).decayedThroughMillis();
    long from =
        view().features().stream()
            .mapToLong(feature -> feature.window().startAsOf(decayed))
            .min()
            .orElse(decayed);
    return new TakenEvents(
        plan.number(),
        PlanCodec.encodeToString(view()),
        mode == Mode.EXACT ? from : Math.min(from, firstMillis - view().ttlMillis()),
        rule.sight(lastMillis).beforeMillis(),
        null);
  }

  /**
   * Whether a label has values: an exact one always, one as served where a lookup finds a row that
   * is not too old.
   *
   * @param newestEventMillis of the events that the label sees, {@code Long.MIN_VALUE} if none
   */
  boolean isAnswered(long labelMillis, long newestEventMillis) {
    return mode == Mode.EXACT
        || (newestEventMillis != Long.MIN_VALUE
            && labelMillis - newestEventMillis <= view().ttlMillis());
  }
}
