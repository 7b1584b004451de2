package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Payments;
import io.freshet.benchmark.lab.ServedValues;
import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.streaming.Contender;
import io.freshet.benchmark.streaming.ContenderProcess;
import io.freshet.benchmark.streaming.WorkOrder;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.OnlineStoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine's job over {@link TextState}, in a process that checkpoints when it is told to. */
final class StateJob implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 3_000;
  private static final String NEVER = "24 h";

  private final StreamingJobPlan plan;
  private final Path log;
  private final ServedTexts served;
  private ContenderProcess process;
  private JobRest rest;

  private StateJob(StreamingJobPlan plan, Path log, ServedTexts served, List<Long> marks)
      throws IOException {
    this.plan = plan;
    this.log = log;
    this.served = served;
    int port = Servers.freePort();
    this.process = start(marks, port, "");
    this.rest = new JobRest(port);
  }

  /**
   * @param marks after how many events read the process will tell
   */
  static StateJob start(
      Servers servers, OnlineStoreReader store, String topic, StateBackend state, List<Long> marks)
      throws IOException {
    // The rows of each are its own: the other's would hide that it is gone.
    int number = state == StateBackend.ROCKSDB ? Payments.VIEW : Payments.VIEW + 1;
    ViewPlan view = TextState.view(topic, number);
    Path folder = servers.folder().resolve("state-" + state);
    StreamingJobPlan payments =
        Payments.job(servers, topic, view, folder.toUri().toString(), state);
    StreamingJobPlan plan =
        new StreamingJobPlan(
            payments.jobName() + "-" + state,
            TextState.source(topic),
            payments.delivery(),
            payments.views(),
            payments.bootstrapServers(),
            payments.onlineStore(),
            payments.logs(),
            payments.checkpoints(),
            payments.flushIntervalMillis());
    return new StateJob(
        plan,
        servers.folder().resolve("state-" + state + ".log"),
        new ServedTexts(new ServedValues(store, view, List.of())),
        marks);
  }

  void awaitMark() throws IOException {
    process.nextMark();
  }

  /** Returns once a text is served by this job. */
  void awaitServed(Changes.Sent sent) throws InterruptedException {
    served.await(sent);
  }

  TakenCheckpoint checkpoint(CheckpointKind kind) throws IOException, InterruptedException {
    return rest.checkpoint(kind);
  }

  /** Kills the process, and starts another at once from a checkpoint. */
  void killAndRestore(TakenCheckpoint from) throws IOException {
    process.kill();
    process.close();
    int port = Servers.freePort();
    process = start(List.of(1L), port, from.path());
    rest = new JobRest(port);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  private ContenderProcess start(List<Long> marks, int port, String checkpoint) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("rest.bind-port", Integer.toString(port));
    settings.put("web.refresh-interval", "100 ms");
    settings.put("execution.checkpointing.interval", NEVER);
    if (!checkpoint.isEmpty()) {
      settings.put("execution.state-recovery.path", checkpoint);
    }
    WorkOrder order = WorkOrder.of(Contender.FRESHET, plan, 0, marks).with(1, settings);
    return ContenderProcess.start(order, HEAP_MEGABYTES, log);
  }
}
