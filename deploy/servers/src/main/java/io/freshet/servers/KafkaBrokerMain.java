package io.freshet.servers;

import java.util.List;

/**
 * The broker's process. Its arguments are port, controller port and data directory; it prints
 * {@link #READY} once it serves and stops cleanly on SIGTERM.
 */
public final class KafkaBrokerMain {
  /** The line on standard output that tells that the broker serves. */
  public static final String READY = "Kafka broker ready";

  private KafkaBrokerMain() {}

  public static void main(String[] arguments) throws Exception {
    KafkaBrokerSettings settings = KafkaBrokerSettings.ofArguments(List.of(arguments));
    KafkaBroker broker = KafkaBroker.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop-broker"));
    System.out.println(READY + " on " + settings.bootstrapServers());
    broker.awaitStopped();
  }
}
