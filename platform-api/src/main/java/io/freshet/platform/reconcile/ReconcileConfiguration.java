package io.freshet.platform.reconcile;

import io.freshet.platform.reconcile.flink.FlinkRest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The streaming engine's cluster as the settings name it. */
@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {
  @Bean
  FlinkRest flinkRest(FlinkSettings settings) {
    return new FlinkRest(settings.restUrl(), settings.timeout());
  }
}
