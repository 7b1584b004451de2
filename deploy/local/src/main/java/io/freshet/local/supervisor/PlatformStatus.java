package io.freshet.local.supervisor;

import io.freshet.local.platform.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the supervisor tells the commands, by a file.
 *
 * @param message why it failed, or empty
 */
public record PlatformStatus(
    ProcessIdentity supervisor, Phase phase, String message, String api, List<State> services) {
  private static final JsonMapper JSON = new JsonMapper();

  /** How far the platform is. */
  public enum Phase {
    STARTING,
    UP,
    STOPPING,
    FAILED
  }

  /**
   * A service.
   *
   * @param state a word for people
   * @param pid 0 if it does not run
   */
  public record State(String name, String state, long pid, int restarts, String address) {}

  public PlatformStatus {
    services = List.copyOf(services);
  }

  /** The status of the platform that runs with this folder; empty if none does. */
  public static Optional<PlatformStatus> ofRunning(DataFolder data) {
    return last(data).filter(status -> status.supervisor().find().isPresent());
  }

  /** What a supervisor said last, be it alive or not. */
  public static Optional<PlatformStatus> last(DataFolder data) {
    Path file = file(data);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(Files.readString(file), PlatformStatus.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(DataFolder data) {
    AtomicText.write(file(data), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
  }

  private static Path file(DataFolder data) {
    return data.run().resolve("status.json");
  }
}
