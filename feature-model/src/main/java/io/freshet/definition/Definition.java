package io.freshet.definition;

/** What users register. */
public sealed interface Definition
    permits Project, Entity, EventSource, FeatureView, OnDemandFeatureView, FeatureService {
  Metadata metadata();

  Kind kind();
}
