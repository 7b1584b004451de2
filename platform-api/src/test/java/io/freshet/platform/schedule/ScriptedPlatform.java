package io.freshet.platform.schedule;

import io.freshet.platform.testing.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A platform whose batch runs are {@link ScriptedRun}s. */
public final class ScriptedPlatform {
  private ScriptedPlatform() {}

  /**
   * @param folder of the runs and of what scripts them
   * @param more settings
   */
  public static Platform start(Path folder, String... more) throws IOException {
    Path classpath =
        Files.writeString(folder.resolve("classpath"), System.getProperty("java.class.path"));
    Path flags =
        Files.writeString(folder.resolve("flags"), "-Dfreshet.test.folder=" + folder + "\n");
    Platform.Shared shared = Platform.shared();
    List<String> settings =
        List.of(
            "freshet.online-store.uri=" + shared.redis().uri(),
            "freshet.kafka.bootstrap-servers=" + shared.kafka().bootstrapServers(),
            "freshet.batch.spark-classpath-file=" + classpath,
            "freshet.batch.jvm-flags-file=" + flags,
            "freshet.batch.job-jar=/no/batch-job.jar",
            "freshet.batch.master=local[2]",
            "freshet.batch.spark-conf.spark.sql.shuffle.partitions=3",
            "freshet.batch.memory=64MB",
            "freshet.batch.work-dir=" + folder.resolve("runs"));
    return Platform.start(
        Stream.concat(settings.stream(), Arrays.stream(more)).toArray(String[]::new));
  }
}
