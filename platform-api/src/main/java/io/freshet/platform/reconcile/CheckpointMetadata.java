package io.freshet.platform.reconcile;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a checkpoint's metadata say: a fixed number, the version of the form and
 * the checkpoint's own number, as Flink's {@code Checkpoints.storeCheckpointMetadata} writes them.
 *
 * @param number 0 if it cannot be read
 * @param fault why it is no metadata of a checkpoint, or null
 */
record CheckpointMetadata(long number, @Nullable String fault) {
  static final String FILE = "_metadata";
  private static final int MAGIC = 0x4960672d;
  private static final int LATEST_VERSION = 100;

  static CheckpointMetadata read(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      int magic = in.readInt();
      if (magic != MAGIC) {
        return faulty("it does not begin as metadata does, but with %08x".formatted(magic));
      }
      int version = in.readInt();
      if (version < 1 || version > LATEST_VERSION) {
        return faulty("its version " + version + " does not exist");
      }
      return new CheckpointMetadata(in.readLong(), null);
    } catch (EOFException tooShort) {
      return faulty("it is cut off");
    } catch (IOException unreadable) {
      return faulty("it cannot be read: " + unreadable.getMessage());
    }
  }

  private static CheckpointMetadata faulty(String why) {
    return new CheckpointMetadata(0, "its metadata is damaged: " + why);
  }
}
