package io.freshet.local.platform;

import java.nio.file.Path;

/**
 * The one folder that the platform keeps everything in; it survives restarts.
 *
 * @param root absolute
 */
public record DataFolder(Path root) {
  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The output of one process. */
  public Path log(String service) {
    return logs().resolve(service + ".log");
  }

  /** What the supervisor and the commands tell each other; worthless once nothing runs. */
  public Path run() {
    return root.resolve("run");
  }

  public Path tools() {
    return root.resolve("tools");
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path redis() {
    return root.resolve("redis");
  }

  public Path flink() {
    return root.resolve("flink");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path registry() {
    return root.resolve("registry");
  }

  /** Where tables of users may be read and written. */
  public Path tables() {
    return root.resolve("tables");
  }

  public Path warehouse() {
    return root.resolve("warehouse");
  }

  public Path runs() {
    return root.resolve("runs");
  }
}
