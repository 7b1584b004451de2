package io.freshet.platform.routing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the router goes by, under {@code freshet.routing}.
 *
 * @param runAllowance how long after its tick a batch run may have written its rows: a batch tier
 *     achieves a staleness of its period plus this
 * @param windowShare the share of a view's shortest window that its staleness may reach where
 *     nothing is declared: a ten-minute count that is an hour old says nothing
 */
public record RoutingPolicy(
    @NotNull @DurationMin(seconds = 0) @DefaultValue("15m") Duration runAllowance,
    @DecimalMin("0.01") @DecimalMax("10") @DefaultValue("0.5") double windowShare) {}
