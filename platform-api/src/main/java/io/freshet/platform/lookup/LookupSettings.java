package io.freshet.platform.lookup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lookups, under {@code freshet.lookup}.
 *
 * @param maxEntities the most entities of one request
 * @param maxFeatures the most features of one request
 * @param progressAge how long a view's progress may be remembered
 * @param registryAge how long another replica's change of the registry may go unnoticed
 */
public record LookupSettings(
    @Min(1) @Max(100_000) @DefaultValue("1000") int maxEntities,
    @Min(1) @Max(10_000) @DefaultValue("500") int maxFeatures,
    @NotNull @DurationMax(millis = 250) @DefaultValue("250ms") Duration progressAge,
    @NotNull @DurationMax(seconds = 10) @DefaultValue("250ms") Duration registryAge) {}
