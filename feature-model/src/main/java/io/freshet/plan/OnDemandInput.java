package io.freshet.plan;

import io.freshet.value.FeatureType;

/**
 * A feature of a view that expressions of an on-demand view use.
 *
 * @param view the index in {@link OnDemandPlan#views()}
 * @param position in the view's features
 * @param feature its name there
 * @param aggregation of the feature, which says what its value is where there is no row
 */
public record OnDemandInput(
    int view, int position, String feature, FeatureType type, Aggregation aggregation) {}
