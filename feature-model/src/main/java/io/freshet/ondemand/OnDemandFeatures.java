package io.freshet.ondemand;

import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.expression.Expressions;
import io.freshet.plan.OnDemandInput;
import io.freshet.plan.OnDemandPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of an on-demand view, for lookups and for training sets. Compiles its
 * expressions once; immutable and thread-safe.
 */
public final class OnDemandFeatures {
  private final OnDemandPlan plan;
  private final List<Expression> expressions;

  private OnDemandFeatures(OnDemandPlan plan, List<Expression> expressions) {
    this.plan = plan;
    this.expressions = expressions;
  }

  /**
   * @throws io.freshet.expression.InvalidExpressionException if an expression does not compile,
   *     which one of a bound plan does
   */
  public static OnDemandFeatures of(OnDemandPlan plan) {
    Expressions compiler = Expressions.overVariables(OnDemandVariables.of(plan));
    return new OnDemandFeatures(
        plan, plan.features().stream().map(f -> compiler.compile(f.expression())).toList());
  }

  public OnDemandPlan plan() {
    return plan;
  }

  /**
   * Computes every feature of the plan for one row.
   *
   * @param views for each of the plan's views the values of all its features in its order, or null
   *     where the entity has no row or one that is too old to be served: then its counts are 0 and
   *     the rest is null
   * @param request the values of the plan's request columns in their order; null where an optional
   *     one was not given
   * @param now the time of the lookup or of the label; cut to milliseconds
   * @return one result a feature, in the plan's order
   */
  public List<OnDemandValue> evaluate(
      List<@Nullable Object @Nullable []> views, @Nullable Object[] request, Instant now) {
    @Nullable Object[] row = row(views, request, now);
    List<OnDemandValue> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(value(expression, row));
    }
    return values;
  }

  private static OnDemandValue value(Expression expression, @Nullable Object[] row) {
    try {
      return OnDemandValue.of(expression.evaluate(row));
    } catch (ExpressionFailedException e) {
      return OnDemandValue.failed(e.reason());
    }
  }

  /** In the order of {@link OnDemandVariables}. */
  private @Nullable Object[] row(
      List<@Nullable Object @Nullable []> views, @Nullable Object[] request, Instant now) {
    List<OnDemandInput> inputs = plan.inputs();
    @Nullable Object[] row = new @Nullable Object[inputs.size() + request.length + 1];
    for (int i = 0; i < inputs.size(); i++) {
      OnDemandInput input = inputs.get(i);
      @Nullable Object @Nullable [] view = views.get(input.view());
      row[i] = view == null ? input.aggregation().ofNothing() : view[input.position()];
    }
    System.arraycopy(request, 0, row, inputs.size(), request.length);
    row[row.length - 1] = now.truncatedTo(ChronoUnit.MILLIS);
    return row;
  }
}
