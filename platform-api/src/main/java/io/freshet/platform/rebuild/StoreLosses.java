package io.freshet.platform.rebuild;

import io.freshet.store.StoreMarks;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sees that the online store has lost its data, and has all of it computed again. */
@Component
class StoreLosses {
  private static final Logger log = LoggerFactory.getLogger(StoreLosses.class);

  private final StoreMarks store;
  private final StoreMarkTable table;
  private final Rebuilds rebuilds;
  private final Clock clock;

  StoreLosses(StoreMarks store, StoreMarkTable table, Rebuilds rebuilds, Clock clock) {
    this.store = store;
    this.table = table;
    this.rebuilds = rebuilds;
    this.clock = clock;
  }

  /**
   * Whether the store has the mark that it was given.
   *
   * @throws io.freshet.store.OnlineStoreException if it is out of reach, which is no loss
   */
  boolean isStoreKnown() {
    return isThere(table.read());
  }

  /**
   * Makes a store known that is not: for the first time, or after everything that it held has begun
   * again.
   *
   * <p>The new mark is left in the store first, and is stored together with what begins again. If
   * the one or the other fails, the store has a mark that nobody knows, and all of it is done again
   * by the next pass; if the store loses its data meanwhile, it has no mark. So a rebuild may be
   * repeated, and is never left out.
   *
   * @return what begins again; empty if nothing was lost, or another replica was quicker
   * @throws io.freshet.store.OnlineStoreException if the store is out of reach
   */
  @Transactional
  public Optional<List<RebuiltView>> settle() {
    StoreMark before = table.lock();
    if (isThere(before)) {
      return Optional.empty();
    }
    String next = UUID.randomUUID().toString();
    store.mark(next);
    if (before.id() == null) {
      table.replace(before.first(next));
      return Optional.empty();
    }
    return Optional.of(rebuild(before, next));
  }

  private List<RebuiltView> rebuild(StoreMark before, String next) {
    log.error(
        "The online store has lost its data: mark {} is not there. All views are computed again",
        before.id());
    List<RebuiltView> begun = rebuilds.all("The online store has lost its data");
    table.replace(before.afterLoss(next, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    return begun;
  }

  private boolean isThere(StoreMark mark) {
    String id = mark.id();
    return id != null && store.isMarked(id);
  }
}
