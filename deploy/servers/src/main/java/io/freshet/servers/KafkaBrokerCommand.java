package io.freshet.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a broker's process, with a class path of its own. */
public final class KafkaBrokerCommand {
  private final Path buildDirectory;
  private final int heapMegabytes;

  /**
   * @param buildDirectory the {@code target} folder of this module, where the build left the
   *     classes and {@code broker.classpath}
   * @param heapMegabytes the broker's largest heap
   */
  public KafkaBrokerCommand(Path buildDirectory, int heapMegabytes) {
    this.buildDirectory = buildDirectory;
    this.heapMegabytes = heapMegabytes;
  }

  /**
   * @throws IOException if the build has left no class path
   */
  public List<String> of(KafkaBrokerSettings settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-Xms64m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add("-Dlog4j2.configurationFile=io/freshet/servers/broker-log4j2.properties");
    command.add("-cp");
    command.add(classPath());
    command.add(KafkaBrokerMain.class.getName());
    command.addAll(settings.toArguments());
    return command;
  }

  private String classPath() throws IOException {
    Path dependencies = buildDirectory.resolve("broker.classpath");
    if (!Files.exists(dependencies)) {
      throw new IOException(
          "Cannot start the broker: " + dependencies + " is missing, build deploy/servers first");
    }
    return buildDirectory.resolve("classes")
        + File.pathSeparator
        + Files.readString(dependencies).strip();
  }
}
