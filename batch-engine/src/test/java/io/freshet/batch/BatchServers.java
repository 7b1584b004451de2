package io.freshet.batch;

import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.OnlineStore;
import io.freshet.store.redis.RedisOnlineStore;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The servers that all tests of the module share: Kafka, Redis, and one Spark session. */
final class BatchServers implements AutoCloseable {
  private final KafkaFixture kafka = KafkaFixture.start();
  private final RedisFixture redis = RedisFixture.start();
  private final OnlineStore store = RedisOnlineStore.open(redis.uri());
  private @Nullable SparkSession spark;

  private BatchServers() {}

  KafkaFixture kafka() {
    return kafka;
  }

  RedisFixture redis() {
    return redis;
  }

  OnlineStore store() {
    return store;
  }

  /** The session, which starts with the first test that wants it. */
  synchronized SparkSession spark() {
    if (spark == null) {
      spark = BatchSession.open("freshet-tests");
    }
    return spark;
  }

  @Override
  public synchronized void close() throws IOException {
    if (spark != null) {
      spark.close();
    }
    store.close();
    redis.close();
    kafka.close();
  }

  /** Gives tests the servers, which start with the first of them and end after the last. */
  static final class Extension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(BatchServers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BatchServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(BatchServers.class, type -> new BatchServers(), BatchServers.class);
    }
  }
}
