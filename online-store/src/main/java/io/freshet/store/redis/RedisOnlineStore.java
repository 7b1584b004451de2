package io.freshet.store.redis;

import io.freshet.store.EntityRef;
import io.freshet.store.EntityUpserts;
import io.freshet.store.OnlineStore;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.ViewProgress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The online store on Redis 6.2 or later: a server, a cluster, or what sentinels watch.
 * Thread-safe; one instance serves a process.
 *
 * <p>An entity's rows are one hash and expire together: each row that is written moves the hash's
 * expiry on to its own, never back. What is written completes on a thread of the connection, which
 * a continuation must not block.
 */
public final class RedisOnlineStore implements OnlineStore {
  private final RedisSettings settings;
  private final Failures failures;
  private final RedisLink link;
  private final Reads reads;
  private final GuardedWrites writes;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RedisOnlineStore(RedisSettings settings, Failures failures, RedisLink link) {
    this.settings = settings;
    this.failures = failures;
    this.link = link;
    this.reads = new Reads(link.reads(), failures, settings);
    this.writes = new GuardedWrites(link.writes(), failures, settings.writeTimeout());
  }

  /** As {@link #open(String, RedisSettings)}, with the default settings. */
  public static RedisOnlineStore open(String address) {
    return open(address, RedisSettings.DEFAULTS);
  }

  /**
   * Connects to the servers.
   *
   * @param address {@code redis://host:port} of a server, {@code redis-cluster://host:port,...} of
   *     some nodes of a cluster, or {@code redis-sentinel://host:port,...#master} of sentinels;
   *     {@code rediss} encrypts; may hold {@code user:password@} before the hosts and, but for a
   *     cluster, {@code /database} after
   * @throws OnlineStoreException if the address is none or the server does not let us in
   */
  public static RedisOnlineStore open(String address, RedisSettings settings) {
    RedisAddress servers = RedisAddress.parse(address, settings.connectTimeout());
    Failures failures = new Failures(servers.shown());
    return new RedisOnlineStore(settings, failures, RedisLink.open(servers, settings, failures));
  }

  @Override
  public @Nullable StoredRow[][] read(List<EntityRef> entities, int[] views) {
    if (closed.get()) {
      throw failures.closed("read rows");
    }
    return reads.rows(entities, views);
  }

  @Override
  public Map<Integer, ViewProgress> progress(String project, int[] views) {
    if (closed.get()) {
      throw failures.closed("read progress");
    }
    return reads.progress(project, views);
  }

  @Override
  public List<EntityRef> entities(
      String project, String entity, Predicate<byte[]> wanted, int most) {
    if (closed.get()) {
      throw failures.closed("look for entities");
    }
    return new KeyScan(link.reads(), failures, settings.readTimeout())
        .entities(project, entity, wanted, most);
  }

  @Override
  public CompletionStage<UpsertResult> upsert(List<Upsert> rows) {
    String action = "write " + rows.size() + " rows";
    if (closed.get()) {
      return CompletableFuture.failedFuture(failures.closed(action));
    }
    int size = rows.size();
    return writes.run(
        action,
        ScriptCall.upserts(EntityUpserts.newestOf(rows), settings, link.writes()::slotOf),
        applied -> new UpsertResult(Math.toIntExact(applied), Math.toIntExact(size - applied)));
  }

  @Override
  public CompletionStage<Void> advance(List<ViewProgress> views) {
    String action = "record the progress of " + views.size() + " views";
    if (closed.get()) {
      return CompletableFuture.failedFuture(failures.closed(action));
    }
    return writes.run(action, ScriptCall.advances(views), applied -> null);
  }

  @Override
  public boolean isMarked(String id) {
    if (closed.get()) {
      throw failures.closed("look for a mark");
    }
    return reads.isMarked(id);
  }

  @Override
  public void mark(String id) {
    String action = "leave a mark";
    if (closed.get()) {
      throw failures.closed(action);
    }
    try {
      long unusedLeft = writes.run(action, ScriptCall.mark(id), applied -> applied).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OnlineStoreException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      link.close();
    }
  }
}
