package io.freshet.platform.web;

import io.freshet.error.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Where and why JSON could not be read, in the words of the one who sent it. */
final class JsonFaults {
  private JsonFaults() {}

  static Violation violation(JacksonException fault) {
    return new Violation(path(fault), reason(fault));
  }

  private static String path(JacksonException fault) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : fault.getPath()) {
      if (step.getIndex() >= 0) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  private static String reason(JacksonException fault) {
    if (fault instanceof UnrecognizedPropertyException unknown) {
      return "unknown member "
          + unknown.getPropertyName()
          + ", known are "
          + unknown.getKnownPropertyIds();
    }
    if (fault instanceof InvalidFormatException format) {
      return "%s is no %s".formatted(format.getValue(), typeName(format));
    }
    if (fault instanceof MismatchedInputException mismatched
        && mismatched.getTargetType() != null) {
      return "must be a " + typeName(mismatched);
    }
    return "line %d, column %d: %s"
        .formatted(
            fault.getLocation().getLineNr(),
            fault.getLocation().getColumnNr(),
            fault.getOriginalMessage());
  }

  private static String typeName(MismatchedInputException fault) {
    Class<?> type = fault.getTargetType();
    if (type == null) {
      return "value of this form";
    }
    if (Iterable.class.isAssignableFrom(type)) {
      return "list";
    }
    if (type == String.class) {
      return "text";
    }
    return type.isRecord() || java.util.Map.class.isAssignableFrom(type)
        ? "object"
        : type.getSimpleName();
  }
}
