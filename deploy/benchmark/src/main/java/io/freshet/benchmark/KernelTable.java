package io.freshet.benchmark;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link KernelBenchmark} and prints its figures as the table of
 * docs/reference/kernel-benchmark.md: the median over the forks, each of which is the mean of its
 * iterations. Takes JMH's command line, for example {@code -f 1 -p contender=PACKED}.
 */
public final class KernelTable {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private KernelTable() {}

  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(arguments))
                    .include(KernelBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .addProfiler(ProcessCpu.class)
                    .shouldFailOnError(true)
                    .build())
            .run();
    System.out.print(table(results));
  }

  private static String table(Collection<RunResult> results) {
    StringBuilder table = new StringBuilder();
    table.append("\n| what | kept as | ns | CPU ns | bytes allocated |\n|---|---|--:|--:|--:|\n");
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      table.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  benchmark.substring(benchmark.lastIndexOf('.') + 1),
                  result.getParams().getParam("contender").toLowerCase(Locale.ROOT),
                  text(median(forks(result).mapToDouble(f -> f.getPrimaryResult().getScore()))),
                  text(median(forks(result).mapToDouble(f -> secondary(f, ProcessCpu.METRIC)))),
                  text(median(forks(result).mapToDouble(f -> secondary(f, ALLOCATED))))));
    }
    return table.toString();
  }

  private static Stream<BenchmarkResult> forks(RunResult result) {
    return result.getBenchmarkResults().stream();
  }

  private static double secondary(BenchmarkResult fork, String metric) {
    return requireNonNull(fork.getSecondaryResults().get(metric), metric).getScore();
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }
}
