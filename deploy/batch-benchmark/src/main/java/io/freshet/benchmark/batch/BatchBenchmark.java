package io.freshet.benchmark.batch;

import io.freshet.batch.BatchSession;
import io.freshet.benchmark.lab.Servers;
import io.freshet.window.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what batch runs cost and prints the tables. */
@Command(
    name = "batch",
    description = "What a batch run costs that reads only what is new.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BatchBenchmark implements Callable<Integer> {
  @Option(names = "--servers", required = true, description = "Where deploy/servers was built.")
  private Path servers = Path.of("");

  @Option(
      names = "--flights",
      description = "A Parquet file of date, origin, destination, delay, distance; else made up.")
  private @Nullable Path flights;

  @Option(names = "--copies", description = "How often the half year of 3 M flights is repeated.")
  private int copies = 1;

  @Option(names = "--views", split = ",", description = "${COMPLETION-CANDIDATES}")
  private List<Views> measured = List.of(Views.values());

  @Option(names = "--seed")
  private long seed = 20_260_101;

  /** Which windows the views have. */
  enum Views {
    WINDOWS,
    LIFETIME;

    List<Window> windows() {
      return switch (this) {
        case WINDOWS -> List.of(FlightViews.WEEK, FlightViews.MONTH);
        case LIFETIME -> List.of(FlightViews.MONTH, Window.LIFETIME);
      };
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BatchBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (Servers started = Servers.start(servers);
        SparkSession spark = BatchSession.open("batch-benchmark")) {
      for (Views views : measured) {
        print(spark, started, views);
      }
    }
    return 0;
  }

  private void print(SparkSession spark, Servers started, Views views) throws Exception {
    String name = views.name().toLowerCase(Locale.ROOT);
    FlightArchive archive =
        new FlightArchive(
            spark,
            new FlightEvents(spark, flights, seed).repeated(copies),
            started.folder().resolve(name).toString());
    String table =
        new IncrementalTable(spark, archive, started.redis(), views.windows())
            .measure(FlightEvents.DAYS * copies);
    System.out.printf("%s, half a year %d times:%n%n%s%n", name, copies, table);
  }
}
