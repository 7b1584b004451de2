package io.freshet.ondemand;

import io.freshet.expression.Variable;
import io.freshet.plan.OnDemandPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/** What the expressions of an on-demand view may name, in the order of the rows they are over. */
public final class OnDemandVariables {
  /** The time of the lookup, or of the label. */
  public static final String NOW = "now";

  /** Before the dot of what a request gives. */
  public static final String REQUEST = "request";

  private OnDemandVariables() {}

  /**
   * @param features each {@code view.feature}
   * @param request what a request gives
   * @return the features, what the request gives, and the time
   */
  public static List<Variable> of(List<Variable> features, List<Column> request) {
    List<Variable> variables = new ArrayList<>(features);
    for (Column column : request) {
      variables.add(new Variable(REQUEST + "." + column.name(), FeatureType.scalar(column.type())));
    }
    variables.add(new Variable(NOW, FeatureType.scalar(ValueType.TIMESTAMP)));
    return List.copyOf(variables);
  }

  static List<Variable> of(OnDemandPlan plan) {
    List<Variable> features =
        plan.inputs().stream()
            .map(
                input ->
                    new Variable(
                        plan.views().get(input.view()) + "." + input.feature(), input.type()))
            .toList();
    return of(features, plan.request());
  }
}
