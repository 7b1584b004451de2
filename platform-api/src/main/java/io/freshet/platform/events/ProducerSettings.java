package io.freshet.platform.events;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How events are sent: acknowledged by all replicas, without duplicates by retries, in time. */
@Configuration(proxyBeanMethods = false)
class ProducerSettings {
  private static final int LINGER_MILLIS = 5;

  @Bean
  DefaultKafkaProducerFactoryCustomizer freshetProducer(KafkaSettings settings) {
    int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
    return factory ->
        factory.updateConfigs(
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                timeoutMillis,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                timeoutMillis - LINGER_MILLIS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                timeoutMillis));
  }
}
