package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.consistency.ConsistencySettings;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.handover.HandOverSettings;
import io.freshet.platform.lookup.LookupSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.rebuild.RebuildSettings;
import io.freshet.platform.reconcile.FlinkSettings.BackendSetting;
import io.freshet.platform.routing.RoutingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

class FreshetSettingsTest {
  @Test
  void everySettingHasItsDefault() {
    FreshetSettings settings = bind(Map.of());

    assertThat(settings.kafka())
        .isEqualTo(new KafkaSettings("127.0.0.1:19092", 2, Duration.ofSeconds(10), 10_000));
    assertThat(settings.onlineStore())
        .isEqualTo(new OnlineStoreSettings("redis://127.0.0.1:16379"));
    assertThat(settings.lookup())
        .isEqualTo(new LookupSettings(1000, 500, Duration.ofMillis(250), Duration.ofMillis(250)));
    assertThat(settings.routing())
        .isEqualTo(new RoutingPolicy(Duration.ofMinutes(15), Duration.ofSeconds(5), 0.5));
    assertThat(settings.flink().checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.flink().flushInterval()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.handOver())
        .isEqualTo(
            new HandOverSettings(
                Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMinutes(1)));
    assertThat(settings.consistency()).isEqualTo(new ConsistencySettings(null, 100));
    assertThat(settings.rebuild()).isEqualTo(new RebuildSettings(Duration.ofSeconds(5)));
    assertThat(settings.flink().checkpointTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.flink().checkpointMinPause()).isEqualTo(Duration.ZERO);
    assertThat(settings.flink().checkpointsRetained()).isEqualTo(3);
    assertThat(settings.flink().checkpointsUnaligned()).isFalse();
    assertThat(settings.flink().stateBackend()).isEqualTo(BackendSetting.AUTO);
    assertThat(settings.flink().heapStateLimit()).isEqualTo(DataSize.ofMegabytes(128));
    assertThat(settings.flink().transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.batch().tableRoots()).isEmpty();
    assertThat(settings.batch().master()).isEqualTo("local[*]");
    assertThat(settings.batch().sparkConf()).isEmpty();
    assertThat(settings.batch().sparkPropertiesFile()).isNull();
    assertThat(settings.batch().heartbeat()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.batch().lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.batch().cancelGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.batch().stalledAfter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.overload().coolDown()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.overload().shed()).isTrue();
  }

  @Test
  void everySettingIsReadByItsKey() {
    FreshetSettings settings =
        bind(
            Map.of(
                "freshet.kafka.bootstrap-servers", "broker:1",
                "freshet.kafka.event-partitions", "5",
                "freshet.online-store.uri", "rediss://store:2",
                "freshet.lookup.max-entities", "7",
                "freshet.routing.run-allowance", "1m",
                "freshet.routing.window-share", "0.1",
                "freshet.flink.checkpoint-interval", "60s",
                "freshet.hand-over.patience", "9m",
                "freshet.flink.checkpoint-timeout", "3m",
                "freshet.flink.checkpoint-min-pause", "1s"));

    assertThat(settings.kafka().bootstrapServers()).isEqualTo("broker:1");
    assertThat(settings.kafka().eventPartitions()).isEqualTo(5);
    assertThat(settings.onlineStore().uri()).isEqualTo("rediss://store:2");
    assertThat(settings.lookup().maxEntities()).isEqualTo(7);
    assertThat(settings.routing().runAllowance()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.routing().windowShare()).isEqualTo(0.1);
    assertThat(settings.flink().checkpointInterval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.handOver().patience()).isEqualTo(Duration.ofMinutes(9));
    assertThat(settings.flink().checkpointTimeout()).isEqualTo(Duration.ofMinutes(3));
    assertThat(settings.flink().checkpointMinPause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theSettingsOfConsistencyChecksAreReadByTheirKeys() {
    FreshetSettings settings =
        bind(
            Map.of(
                "freshet.consistency.every", "6h",
                "freshet.consistency.sample-one-in", "7"));

    assertThat(settings.consistency()).isEqualTo(new ConsistencySettings(Duration.ofHours(6), 7));
  }

  @Test
  void theSettingsOfStreamsAreReadByTheirKeys() {
    FreshetSettings settings =
        bind(
            Map.of(
                "freshet.flink.checkpoints-retained", "5",
                "freshet.flink.checkpoints-unaligned", "true",
                "freshet.flink.state-backend", "rocksdb",
                "freshet.flink.heap-state-limit", "1GB",
                "freshet.flink.expected-keys", "7",
                "freshet.flink.transaction-timeout", "20m",
                "freshet.flink.restart-allowance", "1m",
                "freshet.flink.stop-pause", "1m",
                "freshet.overload.settle-time", "10s",
                "freshet.overload.shed", "false"));

    assertThat(settings.flink().checkpointsRetained()).isEqualTo(5);
    assertThat(settings.flink().checkpointsUnaligned()).isTrue();
    assertThat(settings.flink().stateBackend()).isEqualTo(BackendSetting.ROCKSDB);
    assertThat(settings.flink().heapStateLimit()).isEqualTo(DataSize.ofGigabytes(1));
    assertThat(settings.flink().expectedKeys()).isEqualTo(7);
    assertThat(settings.flink().transactionTimeout()).isEqualTo(Duration.ofMinutes(20));
    assertThat(settings.flink().restartAllowance()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.flink().stopPause()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.overload().settleTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.overload().shed()).isFalse();
  }

  @Test
  void theRootsOfTablesAreAList() {
    FreshetSettings settings =
        bind(Map.of("freshet.batch.table-roots", "/data/tables,s3a://bucket/tables"));

    assertThat(settings.batch().tableRoots())
        .containsExactly("/data/tables", "s3a://bucket/tables");
  }

  @Test
  void theSettingsOfBatchRunsAreReadByTheirKeys() {
    FreshetSettings settings =
        bind(
            Map.of(
                "freshet.batch.master", "spark://one:7077",
                "freshet.batch.spark-properties-file", "../deploy/spark/spot.conf",
                "freshet.batch.spark-conf.spark.executor.memory", "2g",
                "freshet.batch.spark-conf.spark.dynamicAllocation.maxExecutors", "4",
                "freshet.batch.heartbeat", "1s",
                "freshet.batch.lease", "20s",
                "freshet.batch.cancel-grace", "3s",
                "freshet.batch.stalled-after", "2m"));

    assertThat(settings.batch().sparkConf())
        .containsOnly(
            Map.entry("spark.executor.memory", "2g"),
            Map.entry("spark.dynamicAllocation.maxExecutors", "4"));
    assertThat(settings.batch().sparkPropertiesFile())
        .isEqualTo(Path.of("../deploy/spark/spot.conf"));
    assertThat(settings.batch().heartbeat()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.batch().lease()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.batch().cancelGrace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.batch().stalledAfter()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void allSettingsThatContradictAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                bind(
                    Map.of(
                        "freshet.flink.checkpoint-interval", "60s",
                        "freshet.flink.checkpoint-timeout", "30s",
                        "freshet.flink.checkpoint-min-pause", "60s",
                        "freshet.flink.checkpoints-retained", "1",
                        "freshet.flink.transaction-timeout", "2m")))
        .hasStackTraceContaining("Cannot give a checkpoint up after 30s: allow the")
        .hasStackTraceContaining("Cannot pause for 1m between checkpoints: choose less than")
        .hasStackTraceContaining("Cannot let transactions expire after 2m: a checkpoint and a")
        .hasStackTraceContaining("may take 3m30s")
        .hasStackTraceContaining("checkpointsRetained");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "freshet.kafka.bootstrap-server=broker:1",
        "freshet.lokup.max-entities=1",
        "freshet.flink.checkpoint-interval=9s",
        "freshet.flink.checkpoint-interval=61s",
        "freshet.flink.checkpoints-retained=1",
        "freshet.flink.state-backend=memory",
        "freshet.flink.parallelism=129",
        "freshet.flink.transaction-timeout=12m",
        "freshet.overload.busy-at-risk=1.1",
        "freshet.overload.release-share=0",
        "freshet.batch.master=mesos://a:1",
        "freshet.batch.lease=14s",
        "freshet.batch.spark-conf.executor.memory=2g",
        "freshet.batch.spark-properties-file=/no/such.conf",
        "freshet.lookup.max-entities=0",
        "freshet.consistency.every=59s",
        "freshet.consistency.sample-one-in=0",
        "freshet.hand-over.interval=2m",
        "freshet.lookup.progress-age=1s",
        "freshet.online-store.uri=http://store:2",
        "freshet.routing.window-share=0"
      })
  void anUnknownKeyOrAnInvalidValueFailsTheStart(String setting) {
    String[] keyAndValue = setting.split("=", 2);

    assertThatThrownBy(() -> bind(Map.of(keyAndValue[0], keyAndValue[1])))
        .hasStackTraceContaining("freshet");
  }

  private static FreshetSettings bind(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", new HashMap<>(properties)));
    SpringApplication application = new SpringApplication(SettingsOnly.class);
    application.setEnvironment(environment);
    application.setWebApplicationType(WebApplicationType.NONE);
    try (ConfigurableApplicationContext context = application.run()) {
      return context.getBean(FreshetSettings.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(FreshetSettings.class)
  static class SettingsOnly {}
}
