package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BeyondBound;
import io.freshet.plan.Parameters;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of an aggregation, of which each takes its own and no other. */
final class ParametersDraft {
  private final Fields fields;
  private final Violations faults;

  private ParametersDraft(Fields fields, Violations faults) {
    this.fields = fields;
    this.faults = faults;
  }

  /** Null where one is wrong, which was reported. */
  static @Nullable Parameters read(Fields fields, Aggregation aggregation, Violations faults) {
    ParametersDraft draft = new ParametersDraft(fields, faults);
    return switch (aggregation.takes()) {
      case NOTHING -> Parameters.NONE;
      case K -> draft.k(aggregation);
      case PERCENTILES -> draft.percentiles();
      case BOUND -> draft.bound(Parameters.DEFAULT_BARS, Parameters.MOST_BARS);
      case BOUND_AND_CHOICE -> draft.boundAndChoice();
    };
  }

  private @Nullable Parameters k(Aggregation aggregation) {
    if (fields.lacks("k")) {
      fields.optionalInteger("k", 0, 1, Parameters.MOST_K);
      faults.add(
          fields.at("k"),
          "Cannot compute %s without k: write how many values to keep, 1 to %d"
              .formatted(aggregation.wireName(), Parameters.MOST_K));
      return null;
    }
    Integer k = fields.optionalInteger("k", 0, 1, Parameters.MOST_K);
    return k == null ? null : Parameters.ofK(k);
  }

  private @Nullable Parameters percentiles() {
    List<Double> percentiles = fields.numbers("percentiles", 0, 1);
    if (percentiles.size() > Parameters.MOST_PERCENTILES) {
      faults.add(
          fields.at("percentiles"),
          "Cannot compute %d percentiles in one feature: the most is %d, split it"
              .formatted(percentiles.size(), Parameters.MOST_PERCENTILES));
    }
    if (new LinkedHashSet<>(percentiles).size() < percentiles.size()) {
      faults.add(
          fields.at("percentiles"),
          "Cannot use a percentile twice in " + percentiles + ": drop it");
    }
    return percentiles.isEmpty() ? null : Parameters.ofPercentiles(percentiles);
  }

  private @Nullable Parameters bound(int otherwise, int most) {
    Integer bound = fields.optionalInteger("bound", otherwise, 1, most);
    return bound == null ? null : Parameters.ofBound(bound, BeyondBound.REFUSED);
  }

  private @Nullable Parameters boundAndChoice() {
    Integer bound =
        fields.optionalInteger("bound", Parameters.DEFAULT_UNIQUE, 1, Parameters.MOST_UNIQUE);
    BeyondBound choice =
        fields.optionalChoice(
            "beyondBound",
            BeyondBound::ofWireName,
            Arrays.stream(BeyondBound.values()).map(BeyondBound::wireName).toList());
    return bound == null
        ? null
        : Parameters.ofBound(bound, choice == null ? BeyondBound.REFUSED : choice);
  }
}
