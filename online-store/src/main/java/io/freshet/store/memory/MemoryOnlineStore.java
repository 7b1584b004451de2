package io.freshet.store.memory;

import io.freshet.error.ErrorCategory;
import io.freshet.store.EntityRef;
import io.freshet.store.EntityUpserts;
import io.freshet.store.OnlineStore;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.ViewProgress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An online store on the heap of this process, with the guarantees of the one on Redis: an entity's
 * rows are written and read together, and expire together. Nothing survives the process.
 */
public final class MemoryOnlineStore implements OnlineStore {
  private static final long SWEEP_INTERVAL_MILLIS = 60_000;

  private final InstantSource clock;
  private final Map<EntityRef, EntityRows> entities = new ConcurrentHashMap<>();
  private final Map<ViewKey, ViewProgress> progress = new ConcurrentHashMap<>();
  private final Set<String> marks = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextSweepMillis;
  private volatile boolean closed;

  /**
   * @param clock decides when rows expire
   */
  public MemoryOnlineStore(InstantSource clock) {
    this.clock = clock;
    this.nextSweepMillis = new AtomicLong(clock.millis() + SWEEP_INTERVAL_MILLIS);
  }

  @Override
  public CompletionStage<UpsertResult> upsert(List<Upsert> rows) {
    if (closed) {
      return CompletableFuture.failedFuture(refusal("write"));
    }
    sweep();
    int applied = 0;
    for (EntityUpserts group : EntityUpserts.newestOf(rows)) {
      applied += apply(group);
    }
    return CompletableFuture.completedFuture(new UpsertResult(applied, rows.size() - applied));
  }

  private int apply(EntityUpserts group) {
    int[] applied = {0};
    entities.compute(
        group.entity(),
        (entity, present) -> {
          long now = clock.millis();
          EntityRows before = present == null || present.expired(now) ? EntityRows.NONE : present;
          EntityRows after = before.with(group.rows(), now);
          applied[0] = after.appliedSince(before);
          return after;
        });
    return applied[0];
  }

  @Override
  public CompletionStage<Void> advance(List<ViewProgress> views) {
    if (closed) {
      return CompletableFuture.failedFuture(refusal("record progress"));
    }
    for (ViewProgress view : views) {
      progress.merge(
          new ViewKey(view.project(), view.view()),
          view,
          (present, candidate) -> candidate.isNewerThan(present) ? candidate : present);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public @Nullable StoredRow[][] read(List<EntityRef> wanted, int[] views) {
    if (closed) {
      throw refusal("read");
    }
    long now = clock.millis();
    @Nullable StoredRow[][] rows = new StoredRow[wanted.size()][];
    for (int i = 0; i < rows.length; i++) {
      EntityRows present = entities.get(wanted.get(i));
      rows[i] =
          present == null || present.expired(now)
              ? new StoredRow[views.length]
              : present.read(views);
    }
    return rows;
  }

  @Override
  public Map<Integer, ViewProgress> progress(String project, int[] views) {
    if (closed) {
      throw refusal("read progress");
    }
    Map<Integer, ViewProgress> found = new HashMap<>();
    for (int view : views) {
      ViewProgress present = progress.get(new ViewKey(project, view));
      if (present != null) {
        found.put(view, present);
      }
    }
    return found;
  }

  @Override
  public List<EntityRef> entities(
      String project, String entity, Predicate<byte[]> wanted, int most) {
    if (closed) {
      throw refusal("look for entities");
    }
    long now = clock.millis();
    List<EntityRef> found =
        entities.entrySet().stream()
            .filter(entry -> !entry.getValue().expired(now))
            .map(Map.Entry::getKey)
            .filter(ref -> ref.project().equals(project) && ref.entity().equals(entity))
            .filter(ref -> wanted.test(ref.key()))
            .limit(most + 1L)
            .toList();
    if (found.size() > most) {
      throw new OnlineStoreException(
          ErrorCategory.USER,
          "Cannot look for entities: more than %d of %s are wanted, want fewer"
              .formatted(most, entity),
          null);
    }
    return found;
  }

  @Override
  public boolean isMarked(String id) {
    if (closed) {
      throw refusal("look for a mark");
    }
    return marks.contains(id);
  }

  @Override
  public void mark(String id) {
    if (closed) {
      throw refusal("leave a mark");
    }
    marks.add(id);
  }

  /** Entities that are kept, expired ones that were not yet swept out among them. */
  int entities() {
    return entities.size();
  }

  @Override
  public void close() {
    closed = true;
    entities.clear();
    progress.clear();
    marks.clear();
  }

  /** Frees entities that nobody writes any more; now and then, since it looks at all of them. */
  private void sweep() {
    long now = clock.millis();
    long due = nextSweepMillis.get();
    if (now >= due && nextSweepMillis.compareAndSet(due, now + SWEEP_INTERVAL_MILLIS)) {
      entities.values().removeIf(rows -> rows.expired(now));
    }
  }

  private static OnlineStoreException refusal(String action) {
    return new OnlineStoreException(
        ErrorCategory.UNAVAILABLE,
        "Cannot " + action + ": the online store in memory is closed, open another",
        null);
  }

  private record ViewKey(String project, int view) {}
}
