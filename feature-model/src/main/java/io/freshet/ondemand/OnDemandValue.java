package io.freshet.ondemand;

import org.jspecify.annotations.Nullable;

/**
 * What became of an on-demand feature for one row.
 *
 * @param value of the feature type's Java class; null where something that it needs is null, or
 *     where it failed
 * @param failure why the expression has no value for this row, such as a division by zero; null if
 *     it did not fail
 */
public record OnDemandValue(@Nullable Object value, @Nullable String failure) {
  static OnDemandValue of(@Nullable Object value) {
    return new OnDemandValue(value, null);
  }

  static OnDemandValue failed(String reason) {
    return new OnDemandValue(null, reason);
  }
}
