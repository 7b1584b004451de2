package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.Medians;
import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Workload;
import io.freshet.plan.StateBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the contenders in turn, again and again, and prints what they cost. */
@Command(
    name = "streaming",
    description = "What an event costs from Kafka to Redis, and how fresh it is.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StreamingBenchmark implements Callable<Integer> {
  private static final Duration BEFORE_NOW = Duration.ofSeconds(30);

  @Option(names = "--servers", required = true, description = "Where deploy/servers was built.")
  private Path servers = Path.of("");

  @Option(names = "--keys", split = ",", description = "How many keys; several run in turn.")
  private List<Integer> keys = List.of(10_000);

  @Option(names = "--history", description = "Events of the week before.")
  private int history = 500_000;

  @Option(names = "--events", description = "Events that are measured.")
  private int measured = 1_000_000;

  @Option(names = "--rate", description = "Events a second of event time.")
  private int rate = 250;

  @Option(names = "--repetitions", description = "Runs of each contender.")
  private int repetitions = 3;

  @Option(names = "--only", split = ",", description = "${COMPLETION-CANDIDATES}")
  private Set<Contender> only = EnumSet.allOf(Contender.class);

  @Option(names = "--states", split = ",", description = "${COMPLETION-CANDIDATES}")
  private Set<StateBackend> states = EnumSet.allOf(StateBackend.class);

  @Option(names = "--seed")
  private long seed = 20_260_101;

  @Option(
      names = "--load",
      description = "Events a second while freshness is measured; 0 for half of the greatest.")
  private double load;

  @Option(names = "--profile", description = "Profile the first contender once, print, and end.")
  private boolean profile;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StreamingBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (Servers started = Servers.start(servers)) {
      for (int keyCount : keys) {
        Stage stage = Stage.set(started, workload(keyCount), measured, 1);
        if (profile) {
          printProfile(stage, started.folder().resolve("profile.jfr"));
        } else {
          Map<Entry, List<Measurement>> results = compare(stage);
          System.out.println(SpeedTable.of(keyCount, results));
          double rate = load > 0 ? load : halfOfTheGreatest(results);
          if (rate > 0) {
            System.out.println(FreshnessRun.table(started, keyCount, rate, seed));
          }
        }
      }
    }
    return 0;
  }

  private Map<Entry, List<Measurement>> compare(Stage stage) throws Exception {
    Map<Entry, List<Measurement>> results = new LinkedHashMap<>();
    for (int i = 0; i < repetitions; i++) {
      for (Entry entry : entries()) {
        Measurement measurement = stage.run(entry, "");
        System.err.println(entry.title() + ", " + entry.stateTitle() + ": " + measurement);
        results.computeIfAbsent(entry, any -> new ArrayList<>()).add(measurement);
      }
    }
    return results;
  }

  /** Half of the events a second that the engine has taken at most, or 0 if it did not run. */
  private static double halfOfTheGreatest(Map<Entry, List<Measurement>> results) {
    return results.entrySet().stream()
            .filter(result -> result.getKey().contender() == Contender.FRESHET)
            .mapToDouble(result -> Medians.of(result.getValue(), Measurement::rate))
            .max()
            .orElse(0)
        / 2;
  }

  private void printProfile(Stage stage, Path recording) throws Exception {
    Entry entry = entries().get(0);
    Measurement measurement = stage.run(entry, recording.toString());
    System.out.println(entry.title() + ", " + entry.stateTitle() + ": " + measurement + "\n");
    System.out.print(ProfileTable.of(recording));
  }

  private List<Entry> entries() {
    return Entry.all().stream()
        .filter(entry -> only.contains(entry.contender()) && states.contains(entry.state()))
        .toList();
  }

  private Workload workload(int keyCount) {
    long end = System.currentTimeMillis() - BEFORE_NOW.toMillis();
    return new Workload(seed, keyCount, history, Entry.presentFor(measured), rate, end);
  }
}
