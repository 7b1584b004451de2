package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.plan.Aggregation;
import io.freshet.plan.Parameters;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A feature of a draft, with the path of its object; without a window it is over all events. */
record FeatureDraft(
    String path,
    @Nullable String name,
    @Nullable Aggregation aggregation,
    @Nullable Parameters parameters,
    @Nullable String input,
    @Nullable Duration window) {
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

  static FeatureDraft read(Fields object, Violations faults) {
    try (Fields fields = object) {
      String name = fields.name("name", Names::faultOfName);
      Aggregation aggregation =
          fields.choice(
              "aggregation",
              Aggregation::ofWireName,
              Arrays.stream(Aggregation.values()).map(Aggregation::wireName).toList());
      String input = fields.optionalText("input");
      if (input == null && aggregation != null && aggregation.needsInput()) {
        missingInput(fields, aggregation, faults);
      }
      return new FeatureDraft(
          fields.path(),
          name,
          aggregation,
          aggregation == null ? null : ParametersDraft.read(fields, aggregation, faults),
          input == null ? null : input.strip(),
          window(fields, faults));
    }
  }

  Feature complete() {
    return new Feature(
        Draft.present(name), Draft.present(aggregation), Draft.present(parameters), input, window);
  }

  private static @Nullable Duration window(Fields fields, Violations faults) {
    Duration window = fields.optionalDuration("window");
    if (window != null && window.compareTo(SHORTEST_WINDOW) < 0) {
      faults.add(
          fields.at("window"),
          "Cannot use a window of " + Durations.format(window) + ": the shortest is 1s");
      return null;
    }
    return window;
  }

  /** Stays quiet where an input is there but is not readable, which was reported. */
  private static void missingInput(Fields fields, Aggregation aggregation, Violations faults) {
    if (fields.lacks("input")) {
      faults.add(
          fields.at("input"),
          "Cannot compute "
              + aggregation.wireName()
              + " of nothing: give it a column name or a CEL expression");
    }
  }
}
