package io.freshet.local.platform;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ports of the platform, all of 127.0.0.1.
 *
 * @param flinkInternal the first of {@value #FLINK_INTERNAL_PORTS} consecutive ports that the
 *     streaming cluster's processes reach each other by
 */
public record Ports(
    int api, int kafka, int kafkaController, int redis, int flink, int flinkInternal) {
  static final int FLINK_INTERNAL_PORTS = 6;

  /**
   * A port and how to choose another.
   *
   * @param option of the command line; the environment variable {@code FRESHET_…} does the same
   */
  public record NamedPort(String purpose, int port, String option) {
    /** The environment variable, {@code FRESHET_API_PORT}. */
    public String variable() {
      return "FRESHET_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }
  }

  public List<NamedPort> named() {
    return Stream.concat(
            Stream.of(
                new NamedPort("the control plane", api, "--api-port"),
                new NamedPort("the Kafka broker", kafka, "--kafka-port"),
                new NamedPort(
                    "the Kafka broker's controller", kafkaController, "--kafka-controller-port"),
                new NamedPort("the Redis server", redis, "--redis-port"),
                new NamedPort("the Flink cluster", flink, "--flink-port")),
            internal().stream())
        .toList();
  }

  int jobManagerRpc() {
    return flinkInternal;
  }

  int blobServer() {
    return flinkInternal + 1;
  }

  /** Adjacent to the next: Flink takes them as a range, the first that is free. */
  int jobManagerMetrics() {
    return flinkInternal + 2;
  }

  int taskManagerMetrics() {
    return flinkInternal + 3;
  }

  int taskManagerRpc() {
    return flinkInternal + 4;
  }

  int taskManagerData() {
    return flinkInternal + 5;
  }

  private List<NamedPort> internal() {
    return IntStream.range(flinkInternal, flinkInternal + FLINK_INTERNAL_PORTS)
        .mapToObj(
            port -> new NamedPort("the Flink cluster's inside", port, "--flink-internal-port"))
        .toList();
  }
}
