package io.freshet.store.redis;

import io.freshet.store.OnlineStoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Runs the script calls of one write in one pipeline. Where the server does not know the script (it
 * was restarted, or its scripts were flushed) it is loaded and just those calls are repeated.
 */
final class GuardedWrites {
  private static final int MAX_ROUNDS = 4;

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Failures failures;
  private final Duration timeout;

  GuardedWrites(
      StatefulRedisConnection<byte[], byte[]> connection, Failures failures, Duration timeout) {
    this.connection = connection;
    this.failures = failures;
    this.timeout = timeout;
  }

  /**
   * @param action what the calls do, as in "write 3 rows"
   * @param result made from the sum of the calls' counts
   * @return fails with {@link OnlineStoreException}, at the latest when the timeout is over
   */
  <T> CompletableFuture<T> run(String action, List<ScriptCall> calls, LongFunction<T> result) {
    Run<T> run = new Run<>(action, result);
    run.startClock();
    run.send(Set.of(), calls);
    return run.outcome;
  }

  /** One write on its way. Its rounds follow each other, so that its state needs no lock. */
  private final class Run<T> {
    private final String action;
    private final LongFunction<T> result;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile List<SentCommand<?>> underWay = List.of();
    private int round;
    private long count;

    Run(String action, LongFunction<T> result) {
      this.action = action;
      this.result = result;
    }

    void startClock() {
      CompletableFuture<Void> clock =
          new CompletableFuture<Void>().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
      var unusedExpiry =
          clock.exceptionally(
              late -> {
                outcome.completeExceptionally(failures.lateWrite(action, timeout));
                return null;
              });
      var unusedEnd =
          outcome.whenComplete(
              (value, failure) -> {
                clock.complete(null);
                underWay.forEach(SentCommand::cancel);
              });
    }

    void send(Set<Script> unknown, List<ScriptCall> calls) {
      List<SentCommand<byte[]>> loads = unknown.stream().map(Script::load).toList();
      List<SentCommand<Long>> sent = calls.stream().map(ScriptCall::command).toList();
      List<SentCommand<?>> commands = new ArrayList<>(loads);
      commands.addAll(sent);
      underWay = commands;
      if (outcome.isDone()) {
        return;
      }
      connection.dispatch(commands);
      var unusedNext =
          CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new))
              .whenComplete((done, failure) -> settle(loads, calls, sent));
    }

    private void settle(
        List<SentCommand<byte[]>> loads, List<ScriptCall> calls, List<SentCommand<Long>> sent) {
      for (SentCommand<byte[]> load : loads) {
        Throwable failure = load.failure();
        if (failure != null) {
          fail(load, failure);
          return;
        }
      }
      round++;
      Set<Script> unknown = EnumSet.noneOf(Script.class);
      List<ScriptCall> again = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        SentCommand<Long> command = sent.get(i);
        Throwable failure = command.failure();
        if (failure == null) {
          count += command.join();
        } else if (failure instanceof RedisNoScriptException && round < MAX_ROUNDS) {
          unknown.add(calls.get(i).script());
          again.add(calls.get(i));
        } else {
          fail(command, failure);
          return;
        }
      }
      if (again.isEmpty()) {
        outcome.complete(result.apply(count));
      } else {
        send(unknown, again);
      }
    }

    private void fail(SentCommand<?> command, Throwable failure) {
      boolean decided = failure instanceof RedisCommandExecutionException || !command.sent();
      outcome.completeExceptionally(
          decided ? failures.refused(action, failure) : failures.unanswered(action, failure));
    }
  }
}
