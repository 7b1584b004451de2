package io.freshet.platform.consistency;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How views are checked, under {@code freshet.consistency}.
 *
 * @param every how often each source is checked, without being asked; null for never
 * @param sampleOneIn of how many keys one is checked, unless a request says so
 */
public record ConsistencySettings(
    @DurationMin(minutes = 1) @Nullable Duration every,
    @Min(1) @Max(ConsistencySettings.MOST_ONE_IN) @DefaultValue("100") int sampleOneIn) {
  static final int MOST_ONE_IN = 1_000_000;
}
