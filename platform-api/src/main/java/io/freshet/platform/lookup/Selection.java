package io.freshet.platform.lookup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request selects.
 *
 * @param service null if features are named
 * @param features empty if a service is named
 */
record Selection(String project, @Nullable String service, List<String> features) {
  Selection {
    features = List.copyOf(features);
  }
}
