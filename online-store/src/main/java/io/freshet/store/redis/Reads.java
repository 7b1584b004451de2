package io.freshet.store.redis;

import io.freshet.store.EntityRef;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads with one HMGET a hash, all of a request written to the connection together. A request has
 * one deadline; when it has passed, nobody waits and what is still queued is not sent any more.
 */
final class Reads {
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Failures failures;
  private final Duration timeout;
  private final Backlog backlog;

  Reads(
      StatefulRedisConnection<byte[], byte[]> connection,
      Failures failures,
      RedisSettings settings) {
    this.connection = connection;
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
    List<StoredRowsOutput> answers = new ArrayList<>(entities.size());
    List<SentCommand<?>> commands = new ArrayList<>(entities.size());
    for (EntityRef entity : entities) {
      StoredRowsOutput answer = new StoredRowsOutput(views.length);
      answers.add(answer);
      commands.add(hmget(RedisLayout.entityKey(entity), fields, answer));
    }
    await(action, commands);
    for (int i = 0; i < rows.length; i++) {
      String fault = answers.get(i).fault();
      if (fault != null) {
        throw failures.corrupt(action, fault);
      }
      rows[i] = answers.get(i).get();
    }
    return rows;
  }

  Map<Integer, ViewProgress> progress(String project, int[] views) {
    Map<Integer, ViewProgress> found = new HashMap<>();
    if (views.length == 0) {
      return found;
    }
    String action = "read the progress of project " + project;
    SentCommand<List<byte[]>> command =
        hmget(
            RedisLayout.progressKey(project),
            RedisLayout.fields(views),
            new ValueListOutput<>(ByteArrayCodec.INSTANCE));
    await(action, List.of(command));
    List<? extends byte @Nullable []> values = command.join();
    for (int i = 0; i < views.length; i++) {
      byte[] value = values.get(i);
      if (value != null) {
        found.put(views[i], parsed(action, project, views[i], value));
      }
    }
    return found;
  }

  private ViewProgress parsed(String action, String project, int view, byte[] value) {
    try {
      return RedisLayout.progress(project, view, value);
    } catch (IllegalArgumentException e) {
      throw failures.corrupt(action, e.getMessage());
    }
  }

  private static <T> SentCommand<T> hmget(
      byte[] key, byte[][] fields, CommandOutput<byte[], byte[], T> answer) {
    CommandArgs<byte[], byte[]> args =
        new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key).addValues(fields);
    return new SentCommand<>(new Command<>(CommandType.HMGET, answer, args));
  }

  private void await(String action, List<? extends SentCommand<?>> commands) {
    if (!backlog.admits(commands.size())) {
      throw failures.hanging(action);
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    connection.dispatch(commands);
    try {
      for (SentCommand<?> command : commands) {
        command.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (!command.isDone()) {
          throw failures.lateRead(action, timeout);
        }
        Throwable failure = command.failure();
        if (failure != null) {
          throw failures.refused(action, failure);
        }
      }
      backlog.answered();
    } catch (RedisCommandInterruptedException e) {
      throw failures.interrupted(action, e);
    } finally {
      commands.forEach(SentCommand::cancel);
    }
  }
}
