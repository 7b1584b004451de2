package io.freshet.plan;

import java.util.List;

/**
 * What a training set has become.
 *
 * @param output where it is
 * @param rows one a label
 * @param labelsWithoutTime rows of the spine that were left out, because they have no label time
 * @param views the views that were asked, in the plan's order
 * @param features in the order of the columns
 */
public record TrainingSetResult(
    String runId,
    String output,
    long rows,
    long labelsWithoutTime,
    List<ViewStatistics> views,
    List<FeatureStatistics> features) {
  /**
   * How a view was asked.
   *
   * @param labelsWithoutKey rows that lack a join key of the view: its features are null there
   */
  public record ViewStatistics(String view, long labelsWithoutKey) {}

  /**
   * The values of a feature.
   *
   * @param feature as {@code view.feature}
   * @param column its name in the training set
   * @param nulls rows in which it is null
   * @param nullRate their share; 0 where there are no rows
   */
  public record FeatureStatistics(String feature, String column, long nulls, double nullRate) {}

  public TrainingSetResult {
    views = List.copyOf(views);
    features = List.copyOf(features);
  }
}
