package io.freshet.plan;

import io.freshet.value.Column;
import java.util.List;
import java.util.Set;

/**
 * An on-demand feature view bound to the views that it reads: everything in it is known to be
 * valid. It holds for those versions of the views only, for a feature is known by its position.
 *
 * @param views the names of the views that it reads
 * @param request what a request gives for each row
 * @param inputs the features that its expressions use
 */
public record OnDemandPlan(
    String project,
    String name,
    List<String> views,
    List<Column> request,
    List<OnDemandInput> inputs,
    List<OnDemandFeature> features) {
  public OnDemandPlan {
    views = List.copyOf(views);
    request = List.copyOf(request);
    inputs = List.copyOf(inputs);
    features = List.copyOf(features);
  }

  /** The same with some of its features, in its order. */
  public OnDemandPlan only(Set<String> names) {
    return new OnDemandPlan(
        project,
        name,
        views,
        request,
        inputs,
        features.stream().filter(feature -> names.contains(feature.name())).toList());
  }
}
