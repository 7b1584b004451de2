package io.freshet.benchmark.batch;

import io.freshet.batch.BatchSession;
import io.freshet.benchmark.lab.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a training set costs and prints the table. */
@Command(
    name = "training",
    description = "What a training set costs, beside the plain SQL for it.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TrainingBenchmark implements Callable<Integer> {
  @Option(
      names = "--flights",
      description = "A Parquet file of date, origin, destination, delay, distance; else made up.")
  private @Nullable Path flights;

  @Option(
      names = "--rounds",
      description = "At least 1 of each contender, after one that is not told.")
  private int rounds = 3;

  @Option(names = "--seed")
  private long seed = 20_260_101;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("freshet-benchmark-");
    try (SparkSession spark = BatchSession.open("training-benchmark")) {
      FlightEvents events = new FlightEvents(spark, flights, seed);
      System.out.println(
          new TrainingTable(LabelledFlights.write(events, folder), rounds).measure());
    } finally {
      Servers.delete(folder);
    }
    return 0;
  }
}
