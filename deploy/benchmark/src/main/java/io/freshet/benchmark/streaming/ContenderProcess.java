package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.Ending;
import io.freshet.plan.PlanCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A contender in a JVM of its own. */
public final class ContenderProcess implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "-Dlog4j2.configurationFile=contender-log4j2.properties",
          "-Djava.net.preferIPv4Stack=true",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");
  private static final int LONGEST_MINUTES = 8;
  private static final Duration END_DEADLINE = Duration.ofSeconds(5);
  private static final int LOG_TAIL = 4_000;

  private final Process process;
  private final BufferedReader output;
  private final Path log;
  private final Thread endWithThisJvm;

  private ContenderProcess(Process process, Path log) {
    this.process = process;
    this.output = process.inputReader();
    this.log = log;
    this.endWithThisJvm = new Thread(process::destroyForcibly, "end-contender");
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES)
        .execute(process::destroyForcibly);
  }

  /**
   * Starts the process, which is ended after {@value #LONGEST_MINUTES} minutes at the latest.
   *
   * @param log the file that gets what the process complains of
   */
  public static ContenderProcess start(WorkOrder order, int heapMegabytes, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ContenderMain.class.getName());
    command.add(PlanCodec.encodeToString(order));
    return new ContenderProcess(
        new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** The next mark that the process reaches; waits for it. */
  public Mark nextMark() throws IOException {
    return Mark.ofLine(line(ContenderMain.MARK));
  }

  /** What a peer has given so far, once all marks were read. */
  List<Observed> observed() throws IOException {
    List<Observed> observed = new ArrayList<>();
    String line = line("");
    while (!line.equals(ContenderMain.DONE)) {
      observed.add(Observed.ofLine(line.substring(ContenderMain.OBSERVED.length())));
      line = line("");
    }
    return observed;
  }

  public long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  public void kill() {
    Ending.await(process.destroyForcibly(), END_DEADLINE);
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    Ending.await(process, END_DEADLINE);
    Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
  }

  /** The rest of the next line, which begins with a text. */
  private String line(String prefix) throws IOException {
    String line = output.readLine();
    if (line == null || !line.startsWith(prefix)) {
      String said = Files.readString(log);
      throw new IOException(
          "The contender ended or said \"%s\" where \"%s\" was due; its log ends with%n%s"
              .formatted(line, prefix, said.substring(Math.max(0, said.length() - LOG_TAIL))));
    }
    return line.substring(prefix.length());
  }
}
