package io.freshet.platform.rebuild;

import io.freshet.platform.reconcile.RepeatedPass;
import io.freshet.store.OnlineStoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks again and again whether the online store still has its data. */
@Component
class StoreWatch extends RepeatedPass {
  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

  private final StoreLosses losses;
  private final Counter seen;
  private volatile @Nullable String problem;

  StoreWatch(StoreLosses losses, MeterRegistry registry, RebuildSettings settings) {
    super("store-watch", settings.interval());
    this.losses = losses;
    this.seen =
        Counter.builder("freshet.online.store.losses")
            .description("How often the online store was found without its data")
            .register(registry);
  }

  /** Why the store could not be looked at the last time; empty if it could. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  protected void pass() {
    try {
      if (!losses.isStoreKnown()) {
        losses.settle().ifPresent(this::tell);
      }
      problem = null;
    } catch (OnlineStoreException outOfReach) {
      if (problem == null) {
        log.warn("Whether the online store has its data is unknown: {}", outOfReach.getMessage());
      }
      problem = String.valueOf(outOfReach.getMessage());
    }
  }

  private void tell(List<RebuiltView> begun) {
    seen.increment();
    log.warn(
        "Rows of the online store are missing until these views have been rebuilt: {}",
        begun.stream().map(view -> view.project() + "/" + view.view()).distinct().toList());
  }
}
