package io.freshet.platform.schedule;

import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillResult;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult;
import java.time.Instant;

/** What a run of the batch engine is started with: the program, and its plan. */
public sealed interface RunPlan {
  String runId();

  /** Where the run writes its result when it is done. */
  String resultFile();

  /** The main class of the program. */
  String program();

  /** The plan as the program reads it. */
  byte[] json();

  /**
   * Reads what the program wrote.
   *
   * @throws tools.jackson.core.JacksonException if it is no result of such a plan
   */
  RunResult result(byte[] json);

  /** What the run is about, for the log. */
  String subject();

  /** Views are materialized as of a time. */
  record Materialize(BatchRunPlan plan) implements RunPlan {
    @Override
    public String runId() {
      return plan.runId();
    }

    @Override
    public String resultFile() {
      return plan.resultFile();
    }

    @Override
    public String program() {
      return "io.freshet.batch.BatchJob";
    }

    @Override
    public byte[] json() {
      return PlanCodec.encode(plan);
    }

    @Override
    public RunResult result(byte[] json) {
      return new RunResult.Materialized(PlanCodec.decode(json, BatchRunResult.class));
    }

    @Override
    public String subject() {
      return plan.views().size() + " views as of " + Instant.ofEpochMilli(plan.asOfMillis());
    }
  }

  /** A training set is made. */
  record TrainingSet(TrainingSetPlan plan) implements RunPlan {
    @Override
    public String runId() {
      return plan.runId();
    }

    @Override
    public String resultFile() {
      return plan.resultFile();
    }

    @Override
    public String program() {
      return "io.freshet.batch.TrainingSetJob";
    }

    @Override
    public byte[] json() {
      return PlanCodec.encode(plan);
    }

    @Override
    public RunResult result(byte[] json) {
      return new RunResult.TrainingSet(PlanCodec.decode(json, TrainingSetResult.class));
    }

    @Override
    public String subject() {
      return plan.features().size() + " features for the labels of " + plan.spine().path();
    }
  }

  /** Rows of past ticks are computed. */
  record Backfill(BackfillPlan plan) implements RunPlan {
    @Override
    public String runId() {
      return plan.runId();
    }

    @Override
    public String resultFile() {
      return plan.resultFile();
    }

    @Override
    public String program() {
      return "io.freshet.batch.BackfillJob";
    }

    @Override
    public byte[] json() {
      return PlanCodec.encode(plan);
    }

    @Override
    public RunResult result(byte[] json) {
      return new RunResult.Backfilled(PlanCodec.decode(json, BackfillResult.class));
    }

    @Override
    public String subject() {
      return "ticks from %s to %s of %s (%s)"
          .formatted(
              Instant.ofEpochMilli(plan.fromMillis()),
              Instant.ofEpochMilli(plan.toMillis()),
              plan.views().stream().map(view -> view.view().name()).toList(),
              plan.aim());
    }
  }

  /** Their history is handed over to lanes of the streaming engine. */
  record HandOver(HandOverPlan plan) implements RunPlan {
    @Override
    public String runId() {
      return plan.runId();
    }

    @Override
    public String resultFile() {
      return plan.resultFile();
    }

    @Override
    public String program() {
      return "io.freshet.batch.HandOverJob";
    }

    @Override
    public byte[] json() {
      return PlanCodec.encode(plan);
    }

    @Override
    public RunResult result(byte[] json) {
      return new RunResult.HandedOver(PlanCodec.decode(json, HandOverResult.class));
    }

    @Override
    public String subject() {
      return plan.lanes().size() + " lanes that get their history";
    }
  }

  /** What the online store serves is compared with a source's events. */
  record Consistency(ConsistencyPlan plan) implements RunPlan {
    @Override
    public String runId() {
      return plan.runId();
    }

    @Override
    public String resultFile() {
      return plan.resultFile();
    }

    @Override
    public String program() {
      return "io.freshet.batch.ConsistencyJob";
    }

    @Override
    public byte[] json() {
      return PlanCodec.encode(plan);
    }

    @Override
    public RunResult result(byte[] json) {
      return new RunResult.Consistency(PlanCodec.decode(json, ConsistencyResult.class));
    }

    @Override
    public String subject() {
      return "%d views that are checked, one key in %d"
          .formatted(plan.views().size(), plan.sampleOneIn());
    }
  }
}
