package io.freshet.platform.overload;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When streaming jobs count as overloaded and what is done about it, under {@code
 * freshet.overload}.
 *
 * @param interval between two looks at a job
 * @param trendWindow over which the lag's trend is taken
 * @param warmUp how long after its start a job is not judged: it catches up
 * @param defaultPromise the staleness that views without a promise of their own are judged by
 * @param busyAtRisk the share of time that the busiest subtask works, from which on there is risk
 * @param backPressureAtRisk the share of time that a subtask is held up, from which on there is
 *     risk
 * @param riskHorizon there is risk if the promise would break within this time
 * @param overloadHorizon a job is overloaded if the promise would break within this time
 * @param catchUpAllowance how long a broken promise may take to be kept again before the job counts
 *     as overloaded
 * @param failedCheckpoints so many failed checkpoints within the trend window are too many
 * @param releaseShare of a threshold that must be passed downwards to leave a state again
 * @param confirmation how long a worse state must be seen to be believed
 * @param coolDown how long a better state must be seen to be believed
 * @param shed whether views that may be shed are shed
 * @param settleTime between two views that are shed or recovered
 */
public record OverloadSettings(
    @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("5s")
        Duration interval,
    @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1) @DefaultValue("60s")
        Duration trendWindow,
    @NotNull @DurationMin(millis = 0) @DefaultValue("30s") Duration warmUp,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("60s") Duration defaultPromise,
    @DecimalMin("0.1") @DecimalMax("1") @DefaultValue("0.8") double busyAtRisk,
    @DecimalMin("0.1") @DecimalMax("1") @DefaultValue("0.5") double backPressureAtRisk,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("10m") Duration riskHorizon,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("1m") Duration overloadHorizon,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("5m") Duration catchUpAllowance,
    @Min(1) @DefaultValue("3") int failedCheckpoints,
    @DecimalMin("0.1") @DecimalMax("1") @DefaultValue("0.8") double releaseShare,
    @NotNull @DurationMin(millis = 0) @DefaultValue("15s") Duration confirmation,
    @NotNull @DurationMin(millis = 0) @DefaultValue("5m") Duration coolDown,
    @DefaultValue("true") boolean shed,
    @NotNull @DurationMin(millis = 0) @DefaultValue("1m") Duration settleTime) {}
