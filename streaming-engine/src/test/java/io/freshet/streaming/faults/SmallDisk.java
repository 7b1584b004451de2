package io.freshet.streaming.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes, mounted for a test. */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 4;
  private static final int CHUNK_BYTES = 1_024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one; where this user may not mount, the test is skipped and says so. */
  static SmallDisk mount(Path folder) throws Exception {
    Files.createDirectories(folder);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString());
    Assumptions.assumeTrue(
        mounted, "no full disk to test with: this user may not mount a tmpfs, which takes root");
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /**
   * Fills it to the last byte.
   *
   * @return what the file system said in the end
   */
  IOException fill() {
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      while (true) {
        ballast.write(new byte[CHUNK_BYTES]);
      }
    } catch (IOException full) {
      return full;
    }
  }

  void empty() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException {
    try {
      if (!run("umount", "--lazy", folder.toString())) {
        throw new IOException("Cannot unmount " + folder + ": unmount it by hand");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + folder + " was unmounted", e);
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
