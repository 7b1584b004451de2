package io.freshet.platform.rebuild;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the online store is watched, under {@code freshet.rebuild}.
 *
 * @param interval how often it is looked at whether it still has its data
 */
public record RebuildSettings(
    @NotNull @DurationMin(millis = 50) @DurationMax(minutes = 10) @DefaultValue("5s")
        Duration interval) {}
