package io.freshet.platform.testing;

import io.freshet.platform.FreshetPlatform;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The control plane on a free port of loopback, with a database of its own. */
public final class Platform implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final ApiClient client;

  private Platform(ConfigurableApplicationContext context) {
    this.context = context;
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    this.client = new ApiClient(URI.create("http://127.0.0.1:" + port));
  }

  /**
   * Starts a platform.
   *
   * @param settings each {@code key=value}; they win
   */
  public static Platform start(String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("server.port", "0");
    all.put("spring.datasource.url", databaseUrl(UUID.randomUUID().toString()));
    all.put("freshet.batch.work-dir", "target/runs");
    all.put("freshet.flink.checkpoint-dir", "target/checkpoints");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      all.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    List<String> arguments = new ArrayList<>();
    all.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    return new Platform(
        new SpringApplicationBuilder(FreshetPlatform.class).run(arguments.toArray(String[]::new)));
  }

  /** The address of a database in memory that lives as long as a platform uses it. */
  public static String databaseUrl(String name) {
    return "jdbc:h2:mem:"
        + name
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
        + ";LOCK_TIMEOUT=10000";
  }

  /** One platform with Redis and Kafka for all tests that neither break nor restart it. */
  public static Shared shared() {
    return Once.SHARED;
  }

  public ApiClient client() {
    return client;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  /** A platform with the servers that it uses. They end with the JVM. */
  public record Shared(Platform platform, RedisFixture redis, KafkaFixture kafka) {}

  /** Starts when it is first asked for; a failed start is not tried again. */
  private static final class Once {
    static final Shared SHARED = start();

    private static Shared start() {
      RedisFixture redis = RedisFixture.start();
      KafkaFixture kafka = KafkaFixture.start();
      Platform platform =
          Platform.start(
              "freshet.online-store.uri=" + redis.uri(),
              "freshet.kafka.bootstrap-servers=" + kafka.bootstrapServers());
      return new Shared(platform, redis, kafka);
    }
  }
}
