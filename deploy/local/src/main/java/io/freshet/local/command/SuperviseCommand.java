package io.freshet.local.command;

import io.freshet.local.platform.DataFolder;
import io.freshet.local.platform.LocalPlatform;
import io.freshet.local.supervisor.Supervisor;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The supervisor's process, which {@code up} starts in the background. */
@Command(name = "supervise", hidden = true)
public final class SuperviseCommand implements Callable<Integer> {
  @Mixin private final PlatformOptions options = new PlatformOptions();

  @Override
  public Integer call() throws Exception {
    DataFolder data = options.dataFolder();
    Files.createDirectories(data.run());
    try (FileChannel file =
            FileChannel.open(
                data.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = file.tryLock()) {
      if (lock == null) {
        System.out.println("Cannot start: another supervisor keeps " + data.root());
        return 1;
      }
      LocalPlatform platform = options.platform();
      Supervisor supervisor = new Supervisor(data, platform.apiAddress(), platform.stages());
      Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop-platform"));
      return supervisor.run() ? 0 : 1;
    }
  }
}
