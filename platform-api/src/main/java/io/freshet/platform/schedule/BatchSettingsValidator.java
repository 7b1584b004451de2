package io.freshet.platform.schedule;

import io.freshet.definition.Durations;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds everything in settings that contradicts. Settings that are missing contradict nothing. */
public final class BatchSettingsValidator
    implements ConstraintValidator<ConsistentBatchSettings, BatchSettings> {
  /** Heartbeats that may be missed before a run ends itself. */
  private static final int HEARTBEATS_A_LEASE = 5;

  @Override
  public boolean isValid(BatchSettings settings, ConstraintValidatorContext context) {
    context.disableDefaultConstraintViolation();
    Faults faults = new Faults(context);
    if (settings.master() != null && settings.sparkConf() != null) {
      checkSpark(settings, faults);
    }
    boolean timed =
        Stream.of(
                settings.heartbeat(), settings.lease(), settings.stalledAfter(), settings.timeout())
            .allMatch(Objects::nonNull);
    if (timed) {
      checkTimes(settings, faults);
    }
    return faults.none;
  }

  private static void checkSpark(BatchSettings settings, Faults faults) {
    SparkMaster master = new SparkMaster(settings.master());
    if (!master.isKnown()) {
      faults.add(
          "master",
          "Cannot run Spark on master \"%s\": give local[*], local[N], spark://host:port, yarn or k8s://https://host:port"
              .formatted(master.url()));
    }
    try {
      SparkConfRules.faults(
              master, SparkConf.of(settings.sparkPropertiesFile(), settings.sparkConf()))
          .forEach(fault -> faults.add("sparkConf", fault));
    } catch (IOException | IllegalArgumentException unreadable) {
      faults.add(
          "sparkPropertiesFile",
          "Cannot read settings of Spark: %s, name a file of properties or none"
              .formatted(unreadable));
    }
  }

  private static void checkTimes(BatchSettings settings, Faults faults) {
    if (settings.lease().compareTo(settings.heartbeat().multipliedBy(HEARTBEATS_A_LEASE)) < 0) {
      faults.add(
          "lease",
          "Cannot let a run go on for %s after a heartbeat: choose %d times the heartbeat of %s at least"
              .formatted(
                  Durations.format(settings.lease()),
                  HEARTBEATS_A_LEASE,
                  Durations.format(settings.heartbeat())));
    }
    if (settings.stalledAfter().compareTo(settings.timeout()) >= 0) {
      faults.add(
          "stalledAfter",
          "Cannot take a run for stalled after %s: it is ended at the timeout of %s, choose less"
              .formatted(
                  Durations.format(settings.stalledAfter()), Durations.format(settings.timeout())));
    }
  }

  private static final class Faults {
    private final ConstraintValidatorContext context;
    private boolean none = true;

    Faults(ConstraintValidatorContext context) {
      this.context = context;
    }

    void add(String property, String message) {
      none = false;
      context
          .buildConstraintViolationWithTemplate(literal(message))
          .addPropertyNode(property)
          .addConstraintViolation();
    }

    /** What settings say is text: nothing in it is an expression. */
    private static String literal(String message) {
      return message.replaceAll("[\\\\{}$]", "\\\\$0");
    }
  }
}
