package io.freshet.platform.lookup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up. Every list of a row is in the order of {@code features}.
 *
 * @param features the names, {@code view.feature}; what is unknown as it was asked for
 * @param types of the features; null for what is unknown
 * @param results one a row of the request, in its order
 * @param views the views that were read, with their freshness
 * @param unknown what was asked for and is not there
 * @param failed on-demand features that have no value for a row, the first hundred of them
 */
record LookupAnswer(
    List<String> features,
    List<@Nullable String> types,
    List<Row> results,
    List<ViewFreshness> views,
    List<Unknown> unknown,
    List<Failed> failed) {
  /**
   * The features of an entity.
   *
   * @param values null where the status is not PRESENT
   * @param eventTimes of the newest event that a value is made of; null for an on-demand feature
   * @param asOf when a value was true: for an on-demand feature, at the lookup
   */
  @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
  record Row(
      @Nullable Object[] values,
      FeatureStatus[] statuses,
      @Nullable Instant[] eventTimes,
      @Nullable Instant[] asOf) {}

  /** A name that stands for nothing, and why. */
  record Unknown(String name, String reason) {}

  /**
   * An on-demand feature that could not be computed; its value is null.
   *
   * @param row the index of the request's row
   */
  record Failed(String name, int row, String reason) {}
}
