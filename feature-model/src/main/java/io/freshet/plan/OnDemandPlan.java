package io.freshet.plan;

import io.freshet.value.Column;
import java.util.List;

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

  /**
   * The same with some of its features only, in the order in which they are named.
   *
   * @throws java.util.NoSuchElementException if it has no feature of a name
   */
  public OnDemandPlan only(List<String> names) {
    return new OnDemandPlan(
        project, name, views, request, inputs, names.stream().map(this::feature).toList());
  }

  private OnDemandFeature feature(String wanted) {
    return features.stream()
        .filter(feature -> feature.name().equals(wanted))
        .findFirst()
        .orElseThrow();
  }
}
