package io.freshet.platform.reconcile.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a jar on the cluster: it follows from the content, so that a jar is sent once. */
public final class JarName {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int NAME_BYTES = 16;

  private JarName() {}

  public static String of(Path jar) {
    try (InputStream content = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return "freshet-" + HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES) + ".jar";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "Cannot read " + jar + ": build it, or set freshet.flink.job-jar", unreadable);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
