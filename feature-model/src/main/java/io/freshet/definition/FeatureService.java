package io.freshet.definition;

import java.util.List;

/**
 * The named set of features that a model reads.
 *
 * @param features each {@code view} for all of a view's features or {@code view.feature} for one
 */
public record FeatureService(Metadata metadata, List<String> features) implements Definition {
  public FeatureService {
    features = List.copyOf(features);
  }

  @Override
  public Kind kind() {
    return Kind.FEATURE_SERVICE;
  }
}
