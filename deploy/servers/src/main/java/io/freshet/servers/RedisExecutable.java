package io.freshet.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import redis.embedded.core.ExecutableProvider;

/** The redis-server executable that comes with the build's dependencies. */
public final class RedisExecutable {
  private RedisExecutable() {}

  /**
   * Puts the executable for this operating system and processor into a folder, unless it is there.
   *
   * @return its path
   * @throws IOException if there is none for this machine or it cannot be written
   */
  public static Path unpackedInto(Path directory) throws IOException {
    Path target = directory.resolve("redis-server");
    if (Files.isExecutable(target)) {
      return target.toAbsolutePath();
    }
    Files.createDirectories(directory);
    Path unpacking = Files.createTempDirectory(directory, "unpack");
    try {
      File unpacked = ExecutableProvider.newJarResourceProvider(unpacking.toFile()).get();
      if (!unpacked.setExecutable(true)) {
        throw new IOException("Cannot make " + unpacked + " executable: check the file system");
      }
      Files.move(unpacked.toPath(), target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unpacking);
    }
    return target.toAbsolutePath();
  }
}
