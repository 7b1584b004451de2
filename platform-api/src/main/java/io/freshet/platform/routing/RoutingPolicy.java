package io.freshet.platform.routing;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the router goes by, under {@code freshet.routing}.
 *
 * @param runAllowance how long after its tick a batch run may have written its rows
 * @param streamAllowance how long after the watermark the streaming engine may have written a row
 *     and told its progress
 * @param windowShare the share of a view's shortest window that its staleness may reach where
 *     nothing is declared: a ten-minute count that is an hour old says nothing
 */
public record RoutingPolicy(
    @NotNull @DurationMin(seconds = 0) @DefaultValue("15m") Duration runAllowance,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("5s") Duration streamAllowance,
    @DecimalMin("0.01") @DecimalMax("10") @DefaultValue("0.5") double windowShare) {

  /** The staleness that a tier keeps a view of the source within, while its engine is up. */
  public Duration achievable(Tier tier, SourcePlan source) {
    return switch (tier) {
      case STREAMING -> Duration.ofMillis(source.maxDisorderMillis()).plus(streamAllowance);
      case HOURLY, DAILY -> tier.period().plus(runAllowance);
    };
  }
}
