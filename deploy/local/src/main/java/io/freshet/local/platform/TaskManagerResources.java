package io.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How a TaskManager divides its memory, as Flink computes it from the configuration.
 *
 * @param dynamicSettings arguments of the TaskManager, {@code -D key=value}
 */
record TaskManagerResources(List<String> jvmFlags, List<String> dynamicSettings) {
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  static TaskManagerResources ask(String java, String classPath, Path configuration)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "org.apache.flink.runtime.util.bash.BashJavaUtils",
                "GET_TM_RESOURCE_PARAMS",
                "-c",
                configuration.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("Cannot compute the TaskManager's memory: Flink said\n" + output);
    }
    return ofOutput(output);
  }

  static TaskManagerResources ofOutput(String output) throws IOException {
    List<String> results =
        output
            .lines()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()).strip())
            .toList();
    if (results.size() < 2) {
      throw new IOException("Cannot read the TaskManager's memory: Flink said\n" + output);
    }
    return new TaskManagerResources(words(results.get(0)), words(results.get(1)));
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
