package io.freshet.store.redis;

import io.freshet.store.OnlineStoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Runs the script calls of one write in one pipeline a server. Just those calls are repeated at
 * once that a server could not run but this process can mend: the script was not known (it was
 * restarted, or its scripts were flushed) or the keys are elsewhere.
 */
final class GuardedWrites {
  private static final int MAX_ROUNDS = 5;

  private final Wire wire;
  private final Failures failures;
  private final Duration timeout;

  GuardedWrites(Wire wire, Failures failures, Duration timeout) {
    this.wire = wire;
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
    run.send(calls);
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

    void send(List<ScriptCall> calls) {
      List<SentCommand<Long>> sent = calls.stream().map(ScriptCall::command).toList();
      underWay = List.copyOf(sent);
      if (outcome.isDone()) {
        return;
      }
      if (round == 0) {
        wire.send(sent);
      } else {
        wire.follow(sent);
      }
      var unusedNext =
          CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
              .whenComplete((done, failure) -> settle(calls, sent));
    }

    private void settle(List<ScriptCall> calls, List<SentCommand<Long>> sent) {
      round++;
      List<ScriptCall> again = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        Throwable failure = sent.get(i).failure();
        if (failure == null) {
          count += sent.get(i).join();
          continue;
        }
        List<ScriptCall> mended = round < MAX_ROUNDS ? mended(calls.get(i), failure) : List.of();
        if (mended.isEmpty()) {
          fail(sent.get(i), failure);
          return;
        }
        again.addAll(mended);
      }
      if (again.isEmpty()) {
        outcome.complete(result.apply(count));
      } else {
        send(again);
      }
    }

    private void fail(SentCommand<?> command, Throwable failure) {
      ServerError.of(failure)
          .filter(error -> error.consequence() == Consequence.REROUTE)
          .ifPresent(error -> wire.reroute());
      boolean decided = failure instanceof RedisCommandExecutionException || !command.sent();
      outcome.completeExceptionally(
          decided ? failures.refused(action, failure) : failures.unanswered(action, failure));
    }
  }

  /** The calls to make in place of one that failed; none if there is nothing to mend. */
  private static List<ScriptCall> mended(ScriptCall call, Throwable failure) {
    return ServerError.of(failure).stream()
        .flatMap(
            error ->
                switch (error) {
                  case NOSCRIPT -> Stream.of(call.bringingTheScript());
                  case MOVED, ASK -> Stream.of(call);
                  // While a slot moves, its keys are on two servers: one call cannot have them all.
                  case TRYAGAIN -> call.parts().size() > 1 ? call.singly().stream() : Stream.of();
                  default -> Stream.of();
                })
        .toList();
  }
}
