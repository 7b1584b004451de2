package io.freshet.definition;

import io.freshet.value.Column;
import java.util.List;

/**
 * Features that are computed from those of feature views, and from what a request brings, when they
 * are read.
 *
 * @param views the names of the feature views whose features the expressions may use
 * @param request what a request gives for each row
 */
public record OnDemandFeatureView(
    Metadata metadata, List<String> views, List<Column> request, List<Computed> features)
    implements Definition {
  /**
   * A feature of it.
   *
   * @param expression CEL over {@code view.feature}, {@code request.name} and {@code now}
   */
  public record Computed(String name, String expression) {}

  public OnDemandFeatureView {
    views = List.copyOf(views);
    request = List.copyOf(request);
    features = List.copyOf(features);
  }

  @Override
  public Kind kind() {
    return Kind.ON_DEMAND_FEATURE_VIEW;
  }
}
