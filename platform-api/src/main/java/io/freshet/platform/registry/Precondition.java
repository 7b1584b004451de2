package io.freshet.platform.registry;

import io.freshet.platform.registry.StoredDefinition.Address;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller last read of the definition that it changes, as HTTP's If-Match says it.
 *
 * @param ifMatch entity tags, {@code *} for any, or null for no condition
 */
record Precondition(@Nullable String ifMatch) {
  static final Precondition NONE = new Precondition(null);

  /**
   * @throws RequestRefusedException if the definition is not what the caller knows
   */
  void check(Address address, Optional<StoredDefinition> current) {
    if (ifMatch != null && current.filter(this::matches).isEmpty()) {
      throw new RequestRefusedException(
          Refusal.CHANGED_MEANWHILE,
          "Cannot change %s: If-Match is %s but it %s, read it again"
              .formatted(
                  address.subject(),
                  ifMatch,
                  current.map(now -> "has ETag " + now.etag()).orElse("does not exist")));
    }
  }

  private boolean matches(StoredDefinition current) {
    return ifMatch != null
        && Arrays.stream(ifMatch.split(",", -1))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.equals(current.etag()));
  }
}
