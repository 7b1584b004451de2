package io.freshet.store.redis;

import io.freshet.store.EntityRef;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads with one HMGET a hash, all of a request sent to each server together. A request has one
 * deadline; when it has passed, nobody waits and what is still queued is not sent any more.
 */
final class Reads {
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  private final Wire wire;
  private final Failures failures;
  private final Duration timeout;
  private final Backlog backlog;

  Reads(Wire wire, Failures failures, RedisSettings settings) {
    this.wire = wire;
    this.failures = failures;
    this.timeout = settings.readTimeout();
    this.backlog = new Backlog(settings.maxUnansweredReads(), PROBE_INTERVAL);
  }

  @Nullable StoredRow[][] rows(List<EntityRef> entities, int[] views) {
    @Nullable StoredRow[][] rows = new StoredRow[entities.size()][views.length];
    if (entities.isEmpty() || views.length == 0) {
      return rows;
    }
    String action = "read rows of " + entities.size() + " entities";
    byte[][] fields = RedisLayout.fields(views);
    List<Asked<@Nullable StoredRow[], StoredRowsOutput>> asked = new ArrayList<>(entities.size());
    for (EntityRef entity : entities) {
      asked.add(
          new Asked<>(
              RedisLayout.entityKey(entity), fields, () -> new StoredRowsOutput(views.length)));
    }
    await(action, asked);
    for (int i = 0; i < rows.length; i++) {
      String fault = asked.get(i).answer().fault();
      if (fault != null) {
        throw failures.corrupt(action, fault);
      }
      rows[i] = asked.get(i).answer().get();
    }
    return rows;
  }

  Map<Integer, ViewProgress> progress(String project, int[] views) {
    Map<Integer, ViewProgress> found = new HashMap<>();
    if (views.length == 0) {
      return found;
    }
    String action = "read the progress of project " + project;
    Asked<List<byte[]>, ValueListOutput<byte[], byte[]>> asked =
        new Asked<>(
            RedisLayout.progressKey(project),
            RedisLayout.fields(views),
            () -> new ValueListOutput<>(ByteArrayCodec.INSTANCE));
    await(action, List.of(asked));
    List<? extends byte @Nullable []> values = asked.answer().get();
    for (int i = 0; i < views.length; i++) {
      byte[] value = values.get(i);
      if (value != null) {
        found.put(views[i], parsed(action, project, views[i], value));
      }
    }
    return found;
  }

  boolean isMarked(String id) {
    List<Asked<List<byte[]>, ValueListOutput<byte[], byte[]>>> asked = new ArrayList<>();
    for (byte[] key : MarkKeys.of(id)) {
      asked.add(
          new Asked<>(
              key,
              new byte[][] {RedisLayout.MARK_FIELD},
              () -> new ValueListOutput<>(ByteArrayCodec.INSTANCE)));
    }
    await("look for a mark", asked);
    return asked.stream().allMatch(Reads::isThere);
  }

  private static boolean isThere(Asked<List<byte[]>, ValueListOutput<byte[], byte[]>> asked) {
    List<? extends byte @Nullable []> values = asked.answer().get();
    return values.get(0) != null;
  }

  private ViewProgress parsed(String action, String project, int view, byte[] value) {
    try {
      return RedisLayout.progress(project, view, value);
    } catch (IllegalArgumentException e) {
      throw failures.corrupt(action, e.getMessage());
    }
  }

  private void await(String action, List<? extends Asked<?, ?>> asked) {
    if (!backlog.admits(asked.size())) {
      throw failures.hanging(action);
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      wire.send(asked.stream().<SentCommand<?>>map(one -> one.command()).toList());
      List<Asked<?, ?>> elsewhere = awaitAnswers(action, asked, deadline);
      if (!elsewhere.isEmpty()) {
        elsewhere.forEach(Asked::renew);
        wire.follow(elsewhere.stream().<SentCommand<?>>map(one -> one.command()).toList());
        throwIfAny(action, awaitAnswers(action, elsewhere, deadline));
      }
      backlog.answered();
    } catch (RedisCommandInterruptedException e) {
      throw failures.interrupted(action, e);
    } finally {
      asked.forEach(one -> one.command().cancel());
    }
  }

  /** Those that are to be asked again, of the servers that the first ones named. */
  private List<Asked<?, ?>> awaitAnswers(
      String action, List<? extends Asked<?, ?>> asked, long deadlineNanos) {
    List<Asked<?, ?>> elsewhere = new ArrayList<>();
    for (Asked<?, ?> one : asked) {
      one.command().await(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (!one.command().isDone()) {
        throw failures.lateRead(action, timeout);
      }
      Throwable failure = one.command().failure();
      if (failure != null) {
        if (!isElsewhere(failure)) {
          throw failures.refused(action, failure);
        }
        elsewhere.add(one);
      }
    }
    return elsewhere;
  }

  private void throwIfAny(String action, List<Asked<?, ?>> elsewhere) {
    for (Asked<?, ?> one : elsewhere) {
      Throwable failure = one.command().failure();
      if (failure != null) {
        wire.reroute();
        throw failures.refused(action, failure);
      }
    }
  }

  private static boolean isElsewhere(Throwable failure) {
    return ServerError.of(failure).stream()
        .anyMatch(error -> error.consequence() == Consequence.REROUTE);
  }
}
