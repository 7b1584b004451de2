package io.freshet.platform;

import io.freshet.platform.consistency.ConsistencySettings;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.handover.HandOverSettings;
import io.freshet.platform.lookup.LookupSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.overload.OverloadSettings;
import io.freshet.platform.rebuild.RebuildSettings;
import io.freshet.platform.reconcile.FlinkSettings;
import io.freshet.platform.routing.RoutingPolicy;
import io.freshet.platform.schedule.BatchSettings;
import io.freshet.platform.tables.TableRoots;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands each component its part of the settings, and all of them one clock. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  KafkaSettings kafkaSettings(FreshetSettings settings) {
    return settings.kafka();
  }

  @Bean
  OnlineStoreSettings onlineStoreSettings(FreshetSettings settings) {
    return settings.onlineStore();
  }

  @Bean
  LookupSettings lookupSettings(FreshetSettings settings) {
    return settings.lookup();
  }

  @Bean
  RoutingPolicy routingPolicy(FreshetSettings settings) {
    return settings.routing();
  }

  @Bean
  FlinkSettings flinkSettings(FreshetSettings settings) {
    return settings.flink();
  }

  @Bean
  OverloadSettings overloadSettings(FreshetSettings settings) {
    return settings.overload();
  }

  @Bean
  BatchSettings batchSettings(FreshetSettings settings) {
    return settings.batch();
  }

  @Bean
  TableRoots tableRoots(FreshetSettings settings) {
    return TableRoots.of(settings.batch().tableRoots());
  }

  @Bean
  HandOverSettings handOverSettings(FreshetSettings settings) {
    return settings.handOver();
  }

  @Bean
  ConsistencySettings consistencySettings(FreshetSettings settings) {
    return settings.consistency();
  }

  @Bean
  RebuildSettings rebuildSettings(FreshetSettings settings) {
    return settings.rebuild();
  }

  @Bean
  WarehouseSettings warehouseSettings(FreshetSettings settings) {
    return settings.warehouse();
  }
}
