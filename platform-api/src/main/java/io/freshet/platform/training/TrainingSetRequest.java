package io.freshet.platform.training;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training set that a user wants: features either of a service or of a list.
 *
 * @param service the name of a feature service
 * @param features each {@code view} or {@code view.feature}, of views of either kind
 * @param mode {@code as_served}, also if it is not said, or {@code exact}
 */
record TrainingSetRequest(
    @Nullable Spine spine,
    @Nullable String service,
    @Nullable List<@Nullable String> features,
    @Nullable String mode,
    @Nullable Output output) {
  /**
   * The rows that features are wanted for.
   *
   * @param format {@code delta}, {@code parquet} or {@code csv}
   * @param labelTime the column with the time of the label
   * @param columns types of further columns of a CSV file, by name
   */
  record Spine(
      @Nullable String path,
      @Nullable String format,
      @Nullable String labelTime,
      @Nullable Map<String, @Nullable String> columns) {}

  /**
   * Where the training set goes.
   *
   * @param format {@code delta} or {@code parquet}
   */
  record Output(@Nullable String path, @Nullable String format) {}
}
