package io.freshet.platform.reconcile;

import io.freshet.platform.reconcile.flink.JarName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which release of the streaming job is to run: the content of its jar. A jar that is being
 * replaced counts once it has looked the same twice and can be opened; until then the one before
 * counts. Thread-safe.
 */
@Component
class JobJar {
  private static final Logger log = LoggerFactory.getLogger(JobJar.class);

  private final Path file;
  private @Nullable Stamp seen;
  private @Nullable Stamp named;
  private @Nullable String name;

  JobJar(FlinkSettings settings) {
    this.file = settings.jobJar();
  }

  /** The name that follows from the content, or empty if there never was a readable jar. */
  synchronized Optional<String> name() {
    Stamp now = Stamp.of(file);
    boolean settled = name == null || (now != null && now.equals(seen));
    seen = now;
    if (now != null && settled && !now.equals(named)) {
      named = now;
      read();
    }
    return Optional.ofNullable(name);
  }

  private void read() {
    try (JarFile jar = new JarFile(file.toFile())) {
      if (jar.getManifest() == null) {
        throw new IOException("it has no manifest");
      }
      name = JarName.of(file);
    } catch (IOException damaged) {
      log.error(
          "Cannot use the streaming job in {}: {}; running jobs go on with the release they have",
          file,
          damaged.getMessage());
    }
  }

  /** What changes with a file, as far as its folder tells. */
  private record Stamp(FileTime modified, long size) {
    static @Nullable Stamp of(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size());
      } catch (IOException absent) {
        return null;
      }
    }
  }
}
