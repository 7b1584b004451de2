package io.freshet.platform.schedule;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.Objects.requireNonNull;

import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillPlan.Aim;
import io.freshet.plan.BackfillResult;
import io.freshet.plan.BackfillResult.Cost;
import io.freshet.plan.BackfillResult.ViewResult;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult;
import io.freshet.plan.TrainingSetResult.FeatureStatistics;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * A real program in the place of the jobs of the batch engine: it does what the file {@code
 * behaviour} in its folder says, or {@code behaviour-<project>}, and writes to {@code journal} and
 * {@code journal-<project>} when it begins and ends.
 */
public final class ScriptedRun {
  private final Path folder;
  private final String project;
  private final String runId;
  private final String label;
  private final String resultFile;
  private final Object result;

  private ScriptedRun(
      Path folder, String project, String runId, String label, String resultFile, Object result) {
    this.folder = folder;
    this.project = project;
    this.runId = runId;
    this.label = label;
    this.resultFile = resultFile;
    this.result = result;
  }

  /**
   * @param arguments the main class that it stands for, its folder, and the plan's file
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    byte[] plan = Files.readAllBytes(Path.of(arguments[2]));
    switch (arguments[0]) {
      case "io.freshet.batch.BatchJob" -> batch(folder, plan).run();
      case "io.freshet.batch.HandOverJob" -> handOver(folder, plan).run();
      case "io.freshet.batch.ConsistencyJob" -> consistency(folder, plan).run();
      case "io.freshet.batch.TrainingSetJob" -> trainingSet(folder, plan).run();
      case "io.freshet.batch.BackfillJob" -> backfill(folder, plan).run();
      default -> throw new IllegalArgumentException("no such program");
    }
  }

  private static ScriptedRun batch(Path folder, byte[] json) {
    BatchRunPlan plan = PlanCodec.decode(json, BatchRunPlan.class);
    BatchRunResult result =
        new BatchRunResult(
            plan.runId(),
            plan.asOfMillis(),
            10,
            1,
            plan.views().stream()
                .map(
                    view ->
                        new BatchRunResult.ViewResult(view.number(), 9, 3, 2, 0, Reading.CHANGES))
                .toList());
    return new ScriptedRun(
        folder,
        plan.source().project(),
        plan.runId(),
        String.valueOf(plan.sequence()),
        plan.resultFile(),
        result);
  }

  private static ScriptedRun handOver(Path folder, byte[] json) {
    HandOverPlan plan = PlanCodec.decode(json, HandOverPlan.class);
    HandOverResult result =
        new HandOverResult(
            plan.runId(),
            10,
            plan.lanes().stream()
                .map(lane -> new HandOverResult.LaneResult(lane.plan().lane(), 7, 4))
                .toList());
    List<String> lanes =
        plan.lanes().stream()
            .map(lane -> lane.plan().view().name() + " from " + new TreeMap<>(lane.cut()))
            .toList();
    return new ScriptedRun(
        folder,
        plan.source().project(),
        plan.runId(),
        "hand-over " + lanes,
        plan.resultFile(),
        result);
  }

  private static ScriptedRun consistency(Path folder, byte[] json) {
    ConsistencyPlan plan = PlanCodec.decode(json, ConsistencyPlan.class);
    List<String> names = plan.views().stream().map(view -> view.view().name()).toList();
    return new ScriptedRun(
        folder,
        plan.source().project(),
        plan.runId(),
        "check of %s, one key in %d".formatted(names, plan.sampleOneIn()),
        plan.resultFile(),
        ScriptedCheck.result(plan));
  }

  private static ScriptedRun trainingSet(Path folder, byte[] json) {
    TrainingSetPlan plan = PlanCodec.decode(json, TrainingSetPlan.class);
    TrainingSetResult result =
        new TrainingSetResult(
            plan.runId(),
            plan.output().path(),
            8,
            1,
            List.of(),
            plan.features().stream()
                .map(name -> new FeatureStatistics(name, name.replace(".", "__"), 2, 0.25))
                .toList());
    List<String> sources =
        plan.sources().stream()
            .map(part -> part.source().name() + " " + new TreeMap<>(part.delays()).keySet())
            .toList();
    String label =
        "%s %s of %s, computed %s, to %s"
            .formatted(
                plan.mode(),
                plan.features(),
                sources,
                plan.onDemand().stream().map(OnDemandPlan::name).toList(),
                plan.output().format());
    String project = plan.sources().get(0).source().project();
    return new ScriptedRun(folder, project, plan.runId(), label, plan.resultFile(), result);
  }

  private static ScriptedRun backfill(Path folder, byte[] json) {
    BackfillPlan plan = PlanCodec.decode(json, BackfillPlan.class);
    Cost cost = plan.aim() == Aim.ESTIMATE ? new Cost(40, 400, 10, 0.5, 2) : null;
    BackfillResult result =
        new BackfillResult(
            plan.runId(),
            plan.views().stream()
                .map(view -> new ViewResult(view.view().name(), 3, 1, 72, 9, null, cost))
                .toList());
    String label =
        "%s of %s ticks of %s from %s to %s"
            .formatted(
                plan.aim(),
                plan.ranges(),
                plan.views().stream().map(view -> view.view().name()).toList(),
                Instant.ofEpochMilli(plan.fromMillis()),
                Instant.ofEpochMilli(plan.toMillis()));
    return new ScriptedRun(
        folder, plan.source().project(), plan.runId(), label, plan.resultFile(), result);
  }

  private void run() throws Exception {
    note("begin " + label);
    switch (behaviour()) {
      case "succeed" -> succeed();
      case "fail once" -> failOnce();
      case "fail" -> fail();
      case "hang" -> hang();
      case "hang on" -> hangOn();
      case "hang with a child" -> hangWithAChild();
      case "tell and hang" -> tellAndHang();
      case "succeed when told" -> succeedWhenTold();
      default -> throw new IllegalStateException("no such behaviour");
    }
    note("end " + label);
  }

  /** The command that runs this program, in the place of Spark's. */
  static BatchCommand command(Path folder) {
    return (program, plan) ->
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ScriptedRun.class.getName(),
            program,
            folder.toString(),
            plan.toString());
  }

  static void behave(Path folder, String behaviour) throws Exception {
    Files.writeString(folder.resolve("behaviour"), behaviour);
  }

  static List<String> journal(Path folder) throws Exception {
    Path journal = folder.resolve("journal");
    return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
  }

  /** Runs of one project may be told to do otherwise than the others. */
  public static void behave(Path folder, String project, String behaviour) throws Exception {
    Files.writeString(folder.resolve("behaviour-" + project), behaviour);
  }

  /** The journal of the runs of one project. */
  public static List<String> journal(Path folder, String project) throws Exception {
    Path journal = folder.resolve("journal-" + project);
    return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
  }

  private String behaviour() throws Exception {
    Path ofProject = folder.resolve("behaviour-" + project);
    return Files.readString(Files.exists(ofProject) ? ofProject : folder.resolve("behaviour"));
  }

  private void note(String line) throws Exception {
    Files.writeString(folder.resolve("journal"), line + "\n", CREATE, APPEND);
    Files.writeString(folder.resolve("journal-" + project), line + "\n", CREATE, APPEND);
  }

  private void succeed() throws Exception {
    Path temporary = Path.of(resultFile + ".tmp");
    Files.write(temporary, PlanCodec.encode(result));
    Files.move(temporary, Path.of(resultFile));
  }

  private static void hang() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /** Does not end when it is asked to. */
  private void hangOn() throws Exception {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    note("asked " + label);
                    hang();
                  } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                  }
                }));
    note("hangs " + label);
    hang();
  }

  private void hangWithAChild() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    Files.writeString(folder.resolve("child.unfinished"), String.valueOf(child.pid()));
    Files.move(folder.resolve("child.unfinished"), folder.resolve("child"));
    hang();
  }

  private void tellAndHang() throws Exception {
    RunProgress progress =
        new RunProgress(
            runId,
            "serve",
            "departures",
            3,
            7,
            40,
            30,
            20,
            System.currentTimeMillis(),
            new RunProgress.Chunks(2, 12));
    Path file = Path.of(resultFile).resolveSibling(RunProgress.FILE_NAME);
    Files.write(Path.of(file + ".unfinished"), PlanCodec.encode(progress));
    Files.move(Path.of(file + ".unfinished"), file);
    hang();
  }

  /** Awaits a heartbeat, as the batch engine does before it begins, and notes how long it lasts. */
  private void succeedWhenTold() throws Exception {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    long until = Long.parseLong(requireNonNull(input.readLine()));
    note("told " + Math.max(0, Math.round((until - System.currentTimeMillis()) / 1e3)));
    succeed();
  }

  private void failOnce() throws Exception {
    if (journal(folder).size() == 1) {
      fail();
    }
    succeed();
  }

  private static void fail() {
    System.out.println("the scripted reason");
    System.exit(3);
  }
}
