package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what exactly once costs, then checkpoints and recoveries, and prints the tables. */
@Command(
    name = "checkpoints",
    description = "What exactly once, checkpoints and recovery cost.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CheckpointBenchmark implements Callable<Integer> {
  private static final Duration BEFORE_NOW = Duration.ofSeconds(30);
  private static final int HISTORY = 200_000;
  private static final int EVENTS_A_SECOND = 250;
  private static final int KEYS = 10_000;

  @Option(names = "--servers", required = true, description = "Where deploy/servers was built.")
  private Path servers = Path.of("");

  @Option(names = "--repetitions", description = "Runs of each contender.")
  private int repetitions = 3;

  @Option(names = "--events", description = "Events that a delivery guarantee is measured over.")
  private int events = 2_000_000;

  @Option(names = "--state-keys", description = "Keys of a kilobyte each that are checkpointed.")
  private int stateKeys = 300_000;

  @Option(names = "--seed")
  private long seed = 20_260_101;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CheckpointBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (Servers started = Servers.start(servers)) {
      if (events > 0) {
        System.out.println(GuaranteeComparison.run(started, workload(), events, repetitions));
      }
      if (stateKeys > 0) {
        System.out.println(StateComparison.run(started, stateKeys, repetitions, seed));
      }
    }
    return 0;
  }

  private Workload workload() {
    long end = System.currentTimeMillis() - BEFORE_NOW.toMillis();
    return new Workload(
        seed, KEYS, HISTORY, GuaranteeComparison.presentFor(events), EVENTS_A_SECOND, end);
  }
}
