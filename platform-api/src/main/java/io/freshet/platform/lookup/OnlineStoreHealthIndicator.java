package io.freshet.platform.lookup;

import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreReader;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the online store answers, as health component {@code onlineStore}. */
@Component
class OnlineStoreHealthIndicator implements HealthIndicator {
  private static final int[] NO_VIEW = {0};

  private final OnlineStoreReader store;

  OnlineStoreHealthIndicator(OnlineStoreReader store) {
    this.store = store;
  }

  @Override
  public Health health() {
    try {
      store.progress("freshet", NO_VIEW);
      return Health.up().build();
    } catch (OnlineStoreException e) {
      return Health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
    }
  }
}
