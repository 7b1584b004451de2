package io.freshet.platform.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Kafka, under {@code freshet.kafka}.
 *
 * @param bootstrapServers {@code host:port[,host:port]}
 * @param eventPartitions of the event topics that Freshet creates
 * @param timeout how long a push or the creation of a topic may take before it counts as failed
 * @param maxEvents the most events of one push
 */
public record KafkaSettings(
    @NotBlank @DefaultValue("127.0.0.1:19092") String bootstrapServers,
    @Min(1) @Max(1024) @DefaultValue("2") int eventPartitions,
    @DurationMin(seconds = 1) @DefaultValue("10s") Duration timeout,
    @Min(1) @Max(100_000) @DefaultValue("10000") int maxEvents) {}
