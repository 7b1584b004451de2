package io.freshet.platform.lookup;

import io.freshet.error.Violations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a request can be answered at all, with everything that is wrong with it. */
final class RequestCheck {
  private final LookupSettings limits;
  private final Violations faults = new Violations();

  private RequestCheck(LookupSettings limits) {
    this.limits = limits;
  }

  /**
   * @throws io.freshet.error.InvalidInputException with every fault
   */
  static void check(LookupRequest request, LookupSettings limits) {
    RequestCheck check = new RequestCheck(limits);
    check.selection(request.service(), request.features());
    check.entities(request.entities());
    check.faults.throwIfAny("the lookup");
  }

  private void selection(@Nullable String service, @Nullable List<@Nullable String> features) {
    if ((service == null) == (features == null)) {
      faults.add("service", "name either a service or a list of features");
    }
    if (features == null) {
      return;
    }
    if (features.isEmpty() || features.size() > limits.maxFeatures()) {
      faults.add(
          "features",
          "Cannot look up %d features: name 1 to %d (freshet.lookup.max-features)"
              .formatted(features.size(), limits.maxFeatures()));
    }
    if (features.stream().anyMatch(Objects::isNull)) {
      faults.add("features", "null is no feature, name each as view or view.feature");
    }
  }

  private void entities(@Nullable List<@Nullable Map<String, @Nullable Object>> entities) {
    if (entities == null) {
      faults.add("entities", "give a row of join keys for each entity");
      return;
    }
    if (entities.size() > limits.maxEntities()) {
      faults.add(
          "entities",
          "Cannot look up %d entities: at most %d a request (freshet.lookup.max-entities), split it"
              .formatted(entities.size(), limits.maxEntities()));
    }
    for (int row = 0; row < entities.size(); row++) {
      if (entities.get(row) == null) {
        faults.add("entities[" + row + "]", "null is no entity, give its join keys");
      }
    }
  }
}
