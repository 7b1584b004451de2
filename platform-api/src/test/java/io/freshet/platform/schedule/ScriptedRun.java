package io.freshet.platform.schedule;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.PlanCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A real program in the place of the batch job: it does what the file {@code behaviour} in its
 * folder says, and writes to {@code journal} when it begins and ends.
 */
public final class ScriptedRun {
  private ScriptedRun() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    BatchRunPlan plan =
        PlanCodec.decode(Files.readAllBytes(Path.of(arguments[1])), BatchRunPlan.class);
    note(folder, "begin " + plan.sequence());
    switch (Files.readString(folder.resolve("behaviour"))) {
      case "succeed" -> succeed(plan);
      case "fail once" -> failOnce(plan);
      case "fail" -> fail();
      case "hang" -> new CountDownLatch(1).await();
      default -> throw new IllegalStateException("no such behaviour");
    }
    note(folder, "end " + plan.sequence());
  }

  /** The command that runs this program, in the place of Spark's. */
  static BatchCommand command(Path folder) {
    return plan ->
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ScriptedRun.class.getName(),
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

  private static void note(Path folder, String line) throws Exception {
    Files.writeString(folder.resolve("journal"), line + "\n", CREATE, APPEND);
  }

  private static void succeed(BatchRunPlan plan) throws Exception {
    Path temporary = Path.of(plan.resultFile() + ".tmp");
    BatchRunResult result =
        new BatchRunResult(
            plan.runId(),
            plan.asOfMillis(),
            10,
            1,
            plan.views().stream()
                .map(view -> new BatchRunResult.ViewResult(view.number(), 9, 3, 2, 0))
                .toList());
    Files.write(temporary, PlanCodec.encode(result));
    Files.move(temporary, Path.of(plan.resultFile()));
  }

  private static void failOnce(BatchRunPlan plan) throws Exception {
    if (plan.sequence() == 1) {
      fail();
    }
    succeed(plan);
  }

  private static void fail() {
    System.out.println("the scripted reason");
    System.exit(3);
  }
}
