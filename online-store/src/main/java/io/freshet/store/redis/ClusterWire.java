package io.freshet.store.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ConnectionIntent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections to the masters of a cluster. */
final class ClusterWire implements Wire {
  private final RedisClusterClient client;
  private final StatefulRedisClusterConnection<byte[], byte[]> cluster;
  private final Pace refreshes = new Pace(Duration.ofSeconds(1));

  ClusterWire(RedisClusterClient client, StatefulRedisClusterConnection<byte[], byte[]> cluster) {
    this.client = client;
    this.cluster = cluster;
  }

  /** Each node gets its commands in one write, which the cluster connection does by slot only. */
  @Override
  public void send(List<? extends SentCommand<?>> commands) {
    Map<RedisClusterNode, List<SentCommand<?>>> byNode = new LinkedHashMap<>();
    for (SentCommand<?> command : commands) {
      int slot = command.slot();
      RedisClusterNode node = cluster.getPartitions().getMasterBySlot(slot);
      if (node == null) {
        command.completeExceptionally(
            new RedisException("no node of the cluster has slot " + slot));
        reroute();
      } else {
        byNode.computeIfAbsent(node, any -> new ArrayList<>()).add(command);
      }
    }
    byNode.forEach(this::sendTo);
  }

  @Override
  public void follow(List<? extends SentCommand<?>> commands) {
    for (SentCommand<?> command : commands) {
      try {
        cluster.dispatch(command);
      } catch (RedisException e) {
        command.completeExceptionally(e);
      }
    }
  }

  @Override
  public List<Destination> servers() {
    return cluster.getPartitions().stream()
        .filter(node -> !node.getSlots().isEmpty())
        .map(node -> (Destination) command -> sendTo(node, List.of(command)))
        .toList();
  }

  @Override
  public void reroute() {
    if (refreshes.isDue()) {
      // One that fails is made up for by the next, or by the periodic one.
      var unusedRefresh = client.refreshPartitionsAsync().exceptionally(e -> null);
    }
  }

  @Override
  public int slotOf(byte[] key) {
    return SlotHash.getSlot(key);
  }

  @Override
  public void close() {
    cluster.close();
  }

  private void sendTo(RedisClusterNode node, List<SentCommand<?>> commands) {
    String host = node.getUri().getHost();
    int port = node.getUri().getPort();
    var unusedSending =
        cluster
            .getConnectionAsync(host, port, ConnectionIntent.WRITE)
            .whenComplete((connection, failure) -> dispatch(connection, failure, commands));
  }

  private void dispatch(
      @Nullable StatefulRedisConnection<byte[], byte[]> connection,
      @Nullable Throwable failure,
      List<SentCommand<?>> commands) {
    if (connection != null) {
      connection.dispatch(commands);
    } else {
      Throwable cause = failure == null ? new RedisException("no connection") : failure;
      commands.forEach(command -> command.completeExceptionally(cause));
      reroute();
    }
  }
}
