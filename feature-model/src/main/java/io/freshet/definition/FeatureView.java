package io.freshet.definition;

import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.Shedding;
import io.freshet.plan.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Features over one entity and one source.
 *
 * @param joinKeys the source column of each of the entity's join keys whose name differs
 * @param filter CEL of type boolean, or null for all events
 * @param freshness what is asked for; the router decides where nothing is
 * @param ttl how long a row is served after its newest event, or null for the default: twice the
 *     longest window, a day at least; the longest duration if a feature is over all events
 * @param allowedLateness how far behind the watermark an event still counts
 * @param featureLogs where the rows that the streaming engine serves are logged; may be none
 * @param shedding null if the view must not be shed
 */
public record FeatureView(
    Metadata metadata,
    String entity,
    String source,
    Map<String, String> joinKeys,
    @Nullable String filter,
    List<Feature> features,
    Freshness freshness,
    Delivery delivery,
    @Nullable Duration ttl,
    Duration allowedLateness,
    List<FeatureLog> featureLogs,
    @Nullable Shedding shedding)
    implements Definition {
  /**
   * How fresh a view must be: a greatest staleness, or a tier, or neither.
   *
   * @param maxStaleness null if it is not declared
   * @param tier null if it is not declared
   */
  public record Freshness(@Nullable Duration maxStaleness, @Nullable Tier tier) {
    public static final Freshness UNDECLARED = new Freshness(null, null);
  }

  public FeatureView {
    joinKeys = Map.copyOf(joinKeys);
    features = List.copyOf(features);
    featureLogs = List.copyOf(featureLogs);
  }

  @Override
  public Kind kind() {
    return Kind.FEATURE_VIEW;
  }
}
