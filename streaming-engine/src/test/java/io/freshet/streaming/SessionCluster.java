package io.freshet.streaming;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JobManager and a TaskManager as processes of this machine, on 127.0.0.1; they end with this JVM
 * at the latest.
 */
public final class SessionCluster implements AutoCloseable {
  private static final String RESULT_PREFIX = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
  private static final int LAST_LINES = 40;
  private static final String FLINK = "org.apache.flink.runtime.";

  private static final String LOGGING =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d %-5p %c{1} %m%n
      """;

  private final Path folder;
  private final String classpath;
  private final int restPort;
  private @Nullable Process jobManager;
  private @Nullable Process taskManager;
  private int taskManagers;
  private List<String> parametersOfTaskManagers = List.of();

  public SessionCluster(Path folder, int restPort, int rpcPort) throws IOException {
    this.folder = folder;
    this.restPort = restPort;
    this.classpath = Files.readString(Path.of(property("freshet.flink.classpath"))).strip();
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("upload"));
    Files.writeString(folder.resolve("conf/config.yaml"), settings(rpcPort));
    Files.writeString(folder.resolve("conf/log4j.properties"), LOGGING);
  }

  public void start() throws Exception {
    startJobManager();
    startTaskManager();
  }

  /** Starts a JobManager, which knows nothing of the jobs of one before it. */
  public void startJobManager() throws IOException {
    jobManager =
        java(
            "jobmanager",
            List.of("-Xmx400m", QUICK_START, "--add-opens=java.base/java.util=ALL-UNNAMED"),
            FLINK + "entrypoint.StandaloneSessionClusterEntrypoint",
            List.of("--configDir", folder.resolve("conf").toString()));
  }

  public void startTaskManager() throws Exception {
    if (parametersOfTaskManagers.isEmpty()) {
      parametersOfTaskManagers = taskManagerParameters();
    }
    List<String> answer = parametersOfTaskManagers;
    List<String> arguments = new ArrayList<>(List.of("--configDir", folder + "/conf"));
    arguments.addAll(List.of(answer.get(1).split(" ")));
    taskManagers++;
    arguments.addAll(List.of("-D", "taskmanager.resource-id=" + taskManagerId()));
    List<String> flags = new ArrayList<>(List.of(answer.get(0).split(" ")));
    flags.add(QUICK_START);
    flags.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    flags.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    flags.add("--add-opens=java.base/java.time=ALL-UNNAMED");
    taskManager = java("taskmanager", flags, FLINK + "taskexecutor.TaskManagerRunner", arguments);
  }

  /** As {@code kill -9} does. */
  public void killTaskManager() throws InterruptedException {
    kill(requireNonNull(taskManager, "no task manager was started"));
  }

  /** As {@code kill -9} does. */
  public void killJobManager() throws InterruptedException {
    kill(requireNonNull(jobManager, "no job manager was started"));
  }

  /** The id under which the TaskManager that was started last registers. */
  public String taskManagerId() {
    return "taskmanager-" + taskManagers;
  }

  public boolean hasTaskManager() {
    return taskManager != null && taskManager.isAlive();
  }

  public boolean hasJobManager() {
    return jobManager != null && jobManager.isAlive();
  }

  /** Whether its processes live, and the ends of their logs, for the message of a failed test. */
  public String lastWords() throws IOException {
    return "JobManager lives: %s%n%s%nTaskManager lives: %s%n%s"
        .formatted(hasJobManager(), endOf("jobmanager"), hasTaskManager(), endOf("taskmanager"));
  }

  /** How many jobs' class loaders the TaskManager still holds, after a full collection. */
  public long jobClassLoaders() throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(requireNonNull(taskManager, "no task manager was started").pid()),
                "GC.class_histogram")
            .start();
    try (var lines = jcmd.inputReader()) {
      return lines
          .lines()
          .filter(line -> line.contains("org.apache.flink.util.ChildFirstClassLoader"))
          .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[1]))
          .sum();
    }
  }

  public String restAddress() {
    return "http://127.0.0.1:" + restPort;
  }

  @Override
  public void close() {
    stop(taskManager);
    stop(jobManager);
  }

  private List<String> taskManagerParameters() throws Exception {
    Process tool =
        new ProcessBuilder(
                javaCommand(),
                "-cp",
                classpath,
                FLINK + "util.bash.BashJavaUtils",
                "GET_TM_RESOURCE_PARAMS",
                "-c",
                folder + "/conf")
            .redirectError(folder.resolve("parameters.err").toFile())
            .start();
    try (var lines = tool.inputReader()) {
      return lines
          .lines()
          .filter(line -> line.startsWith(RESULT_PREFIX))
          .map(line -> line.substring(RESULT_PREFIX.length()))
          .toList();
    }
  }

  private String endOf(String name) throws IOException {
    Path log = folder.resolve(name + ".log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private Process java(String name, List<String> flags, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(javaCommand()));
    command.addAll(flags);
    command.add("-Dlog4j.configurationFile=" + folder.resolve("conf/log4j.properties"));
    command.addAll(List.of("-cp", classpath, main));
    command.addAll(arguments);
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "end-" + name));
    return started;
  }

  private String settings(int rpcPort) {
    return """
        jobmanager:
          rpc: {address: 127.0.0.1, port: %d}
          bind-host: 127.0.0.1
          memory: {process: {size: 1000m}}
        taskmanager:
          host: 127.0.0.1
          bind-host: 127.0.0.1
          numberOfTaskSlots: 2
          memory:
            process: {size: 1356m}
            managed: {size: 128m}
            network: {min: 64m, max: 64m}
        rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %d}
        web: {upload: {dir: %s}}
        heartbeat: {interval: 1000, timeout: 8000}
        execution: {checkpointing: {num-retained: 3}}
        process: {working-dir: %s}
        """
        .formatted(rpcPort, restPort, folder.resolve("upload"), folder.resolve("work"));
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private static void stop(@Nullable Process process) {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while a process was stopped"));
    }
  }

  /** A system property that the build sets. */
  public static String property(String name) {
    return requireNonNull(System.getProperty(name), name + " is set by the build");
  }

  private static String javaCommand() {
    return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
  }
}
