package io.freshet.platform.schedule;

import io.freshet.plan.BackfillResult;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.TrainingSetResult;

/** What a finished run of the batch engine did. */
public sealed interface RunResult {
  String runId();

  /** As the program wrote it. */
  Record details();

  /** For the log. */
  String summary();

  /** It has materialized views. */
  record Materialized(BatchRunResult details) implements RunResult {
    @Override
    public String runId() {
      return details.runId();
    }

    @Override
    public String summary() {
      return "%d events archived, %d rejected"
          .formatted(details.archivedEvents(), details.rejectedEvents());
    }
  }

  /** It has made a training set. */
  record TrainingSet(TrainingSetResult details) implements RunResult {
    @Override
    public String runId() {
      return details.runId();
    }

    @Override
    public String summary() {
      return "%d labels with their features in %s".formatted(details.rows(), details.output());
    }
  }

  /** It has computed rows of past ticks, or what they cost. */
  record Backfilled(BackfillResult details) implements RunResult {
    @Override
    public String runId() {
      return details.runId();
    }

    @Override
    public String summary() {
      return "%d ticks, %d rows"
          .formatted(
              details.views().stream().mapToLong(BackfillResult.ViewResult::ticks).sum(),
              details.views().stream().mapToLong(BackfillResult.ViewResult::rows).sum());
    }
  }

  /** It has handed their history over to lanes. */
  record HandedOver(HandOverResult details) implements RunResult {
    @Override
    public String runId() {
      return details.runId();
    }

    @Override
    public String summary() {
      long keys = details.lanes().stream().mapToLong(HandOverResult.LaneResult::keys).sum();
      return "%d events archived, %d keys handed over".formatted(details.archivedEvents(), keys);
    }
  }

  /** It has checked views. */
  record Consistency(ConsistencyResult details) implements RunResult {
    @Override
    public String runId() {
      return details.runId();
    }

    @Override
    public String summary() {
      long compared =
          details.views().stream().mapToLong(ConsistencyResult.ViewResult::compared).sum();
      return "%d keys compared, %d differ".formatted(compared, details.differing());
    }
  }
}
