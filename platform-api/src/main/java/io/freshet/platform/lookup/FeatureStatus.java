package io.freshet.platform.lookup;

/** What is to be thought of a feature's value. */
enum FeatureStatus {
  /** There is a value. */
  PRESENT,
  /** The value is null: the aggregation of nothing. */
  NULL_VALUE,
  /** There is no row for the entity, or no such feature. */
  NOT_FOUND,
  /** The entity's newest event is older than the view's time to live. */
  OUTSIDE_MAX_AGE
}
