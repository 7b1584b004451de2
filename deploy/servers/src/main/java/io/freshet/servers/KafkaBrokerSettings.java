package io.freshet.servers;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a broker listens and keeps its data.
 *
 * @param port of the clients, on 127.0.0.1
 * @param controllerPort of the broker's own controller, on 127.0.0.1
 * @param dataDirectory formatted at the first start, kept over restarts
 */
public record KafkaBrokerSettings(int port, int controllerPort, Path dataDirectory) {
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** As arguments of {@link KafkaBrokerMain}. */
  List<String> toArguments() {
    return List.of(
        Integer.toString(port), Integer.toString(controllerPort), dataDirectory.toString());
  }

  /**
   * @throws IllegalArgumentException if they are not what {@link #toArguments} makes
   */
  static KafkaBrokerSettings ofArguments(List<String> arguments) {
    if (arguments.size() != 3) {
      throw new IllegalArgumentException(
          "Cannot start the broker: "
              + arguments
              + " is not port, controller port and data directory");
    }
    return new KafkaBrokerSettings(
        Integer.parseInt(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        Path.of(arguments.get(2)));
  }
}
