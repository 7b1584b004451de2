package io.freshet.platform.handover;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hand-overs are driven, under {@code freshet.hand-over}.
 *
 * @param interval how often they are looked at
 * @param patience how long the stream may take to answer before the status says so
 * @param retryPause how long after a run has failed for good another one is asked for
 */
public record HandOverSettings(
    @NotNull @DurationMin(millis = 50) @DurationMax(minutes = 1) @DefaultValue("1s")
        Duration interval,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("2m") Duration patience,
    @NotNull @DurationMin(millis = 0) @DefaultValue("1m") Duration retryPause) {}
