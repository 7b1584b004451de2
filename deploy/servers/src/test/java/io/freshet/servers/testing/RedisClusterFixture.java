package io.freshet.servers.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A real Redis Cluster for tests: three masters without replicas, which share the slots evenly, as
 * processes of the redis-server of the build's dependencies. Not thread-safe.
 */
public final class RedisClusterFixture implements AutoCloseable {
  public static final int NODES = 3;

  private static final int SLOTS = 16_384;
  private static final int BUS_PORT_OFFSET = 10_000;
  private static final int LAST_PORT = 65_535;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** How long a node may be silent until the others give it up and the cluster is down. */
  private static final int NODE_TIMEOUT_MILLIS = 4_000;

  private final List<RedisNode> nodes;

  private RedisClusterFixture(List<RedisNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Starts an empty cluster; returns once it serves. */
  public static RedisClusterFixture start() {
    RedisClusterFixture cluster =
        new RedisClusterFixture(IntStream.range(0, NODES).mapToObj(any -> node()).toList());
    try {
      cluster.nodes.forEach(RedisNode::start);
      cluster.join();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The address, as {@code redis-cluster://127.0.0.1:port,127.0.0.1:port,...}. */
  public String uri() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  /** The address of one node, as {@code redis://127.0.0.1:port}. */
  public String nodeUri(int node) {
    return nodes.get(node).uri();
  }

  /** The node that has a slot at the start. */
  public static int nodeOf(int slot) {
    return slot * NODES / SLOTS;
  }

  /** Ends a node as {@code kill -9} does. */
  public void kill(int node) {
    nodes.get(node).kill();
  }

  /** Starts a node that was killed, on the same port and data. */
  public void restart(int node) {
    nodes.get(node).start();
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::close);
  }

  private void join() {
    for (int i = 0; i < NODES; i++) {
      int node = i;
      List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      IntStream.range(0, SLOTS)
          .filter(slot -> nodeOf(slot) == node)
          .forEach(slot -> command.add(Integer.toString(slot)));
      nodes.get(i).call(command.toArray(String[]::new));
      nodes.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    for (int i = 1; i < NODES; i++) {
      String port = Integer.toString(nodes.get(i).port());
      nodes.get(0).call("CLUSTER", "MEET", "127.0.0.1", port);
    }
    Awaitility.await("the nodes know each other")
        .atMost(DEADLINE)
        .until(() -> nodes.stream().allMatch(RedisClusterFixture::isReady));
  }

  private static boolean isReady(RedisNode node) {
    String info = node.call("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
  }

  private static RedisNode node() {
    return RedisNode.of(
        portWithBus(),
        List.of(
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            Integer.toString(NODE_TIMEOUT_MILLIS)));
  }

  /** A free port for which that of the nodes among themselves is free too. */
  private static int portWithBus() {
    while (true) {
      int port = FreePorts.find(1)[0];
      int bus = port + BUS_PORT_OFFSET;
      if (bus <= LAST_PORT && FreePorts.isFree(bus)) {
        return port;
      }
    }
  }
}
