package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import org.jspecify.annotations.Nullable;

/** How values are summed up in a mutable object that a tile keeps. */
interface Summary<T> extends ObjectForm {
  Class<T> type();

  T empty();

  void add(T summary, Object value);

  void merge(T into, T from);

  /** Merges what {@link #encode} wrote. */
  default void merge(T into, byte[] from) {
    merge(into, type().cast(decode(from)));
  }

  /** The feature's value, of a summary that something entered. */
  @Nullable Object result(FeaturePlan feature, T summary);
}
