package io.freshet.platform.reconcile;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** That settings of the streaming engine do not contradict each other. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = FlinkSettingsValidator.class)
@interface ConsistentFlinkSettings {
  String message() default "must not contradict each other";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
