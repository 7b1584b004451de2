package io.freshet.local.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One process of the platform.
 *
 * @param name as logs and messages call it
 * @param address where it is reached, for people
 * @param command makes its command line before each start
 * @param health whether it serves
 * @param log takes its output
 * @param startDeadline how long its first start may take
 * @param stopGrace how long it may take to end in an orderly way before it is killed
 */
public record Service(
    String name,
    String address,
    Command command,
    HealthCheck health,
    Path log,
    Duration startDeadline,
    Duration stopGrace) {

  /** Makes a command line, and whatever files it refers to. */
  @FunctionalInterface
  public interface Command {
    /**
     * @throws Exception if something that it needs is missing; the message says what
     */
    List<String> line() throws Exception;
  }
}
