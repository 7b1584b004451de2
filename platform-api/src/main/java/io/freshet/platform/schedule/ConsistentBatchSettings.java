package io.freshet.platform.schedule;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** That settings of batch runs do not contradict each other, and that Spark can work with them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = BatchSettingsValidator.class)
@interface ConsistentBatchSettings {
  String message() default "must not contradict each other";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
