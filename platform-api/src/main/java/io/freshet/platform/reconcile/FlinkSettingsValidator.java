package io.freshet.platform.reconcile;

import io.freshet.definition.Durations;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds everything in settings that contradicts. Settings that are missing contradict nothing. */
public final class FlinkSettingsValidator
    implements ConstraintValidator<ConsistentFlinkSettings, FlinkSettings> {
  @Override
  public boolean isValid(FlinkSettings settings, ConstraintValidatorContext context) {
    boolean complete =
        Stream.of(
                settings.checkpointInterval(),
                settings.checkpointTimeout(),
                settings.checkpointMinPause(),
                settings.transactionTimeout(),
                settings.restartAllowance())
            .allMatch(Objects::nonNull);
    return !complete || isConsistent(settings, context);
  }

  private static boolean isConsistent(FlinkSettings settings, ConstraintValidatorContext context) {
    context.disableDefaultConstraintViolation();
    Faults faults = new Faults(context);
    Duration interval = settings.checkpointInterval();
    if (settings.checkpointTimeout().compareTo(interval) < 0) {
      faults.add(
          "checkpointTimeout",
          "Cannot give a checkpoint up after %s: allow the checkpoint-interval of %s at least"
              .formatted(text(settings.checkpointTimeout()), text(interval)));
    }
    if (settings.checkpointMinPause().compareTo(interval) >= 0) {
      faults.add(
          "checkpointMinPause",
          "Cannot pause for %s between checkpoints: choose less than the checkpoint-interval of %s"
              .formatted(text(settings.checkpointMinPause()), text(interval)));
    }
    Duration outlasted =
        interval.plus(settings.checkpointTimeout()).plus(settings.restartAllowance());
    if (settings.transactionTimeout().compareTo(outlasted) <= 0) {
      faults.add(
          "transactionTimeout",
          "Cannot let transactions expire after %s: a checkpoint and a restart may take %s, so what was logged would be lost; choose more, or a smaller checkpoint-timeout or restart-allowance"
              .formatted(text(settings.transactionTimeout()), text(outlasted)));
    }
    return faults.none;
  }

  private static String text(Duration duration) {
    return Durations.format(duration);
  }

  /** The messages have no expressions in them: durations are digits and letters. */
  private static final class Faults {
    private final ConstraintValidatorContext context;
    private boolean none = true;

    Faults(ConstraintValidatorContext context) {
      this.context = context;
    }

    void add(String property, String message) {
      none = false;
      context
          .buildConstraintViolationWithTemplate(message)
          .addPropertyNode(property)
          .addConstraintViolation();
    }
  }
}
