package io.freshet.local.demo;

import io.freshet.local.demo.Expected.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How the served values of one view, by one engine, compare with the oracle's. */
final class OracleTally {
  private static final int EXAMPLES = 5;

  /** One in a hundred is what the bound of ranks leaves; a second one is for chance. */
  private static final double MOST_BEYOND_RANK_ERROR = 0.02;

  private final String view;
  private final Map<Measure, Double> worst = new EnumMap<>(Measure.class);
  private final List<String> examples = new ArrayList<>();
  private int keys;
  private int keysWithRow;
  private int values;
  private int different;
  private int missing;
  private int ranks;
  private int ranksBeyond;

  OracleTally(String view) {
    this.view = view;
  }

  void key(boolean hasRow) {
    keys++;
    keysWithRow += hasRow ? 1 : 0;
  }

  /**
   * A value of a row that is there.
   *
   * @param text says more, if it is wrong
   */
  void value(Measure measure, double distance, String text) {
    values++;
    worst.merge(measure, distance, Math::max);
    if (measure == Measure.RANK) {
      ranks++;
      ranksBeyond += distance > Expected.RANK_ERROR ? 1 : 0;
    }
    if (distance > measure.most()) {
      different++;
      example(text);
    }
  }

  /** A value that is not there, rightly. */
  void rightlyAbsent() {
    values++;
  }

  /** A value that is not there and should be. */
  void missing(String text) {
    values++;
    missing++;
    example(text);
  }

  boolean holds() {
    return keysWithRow > 0
        && different == 0
        && missing == 0
        && ranksBeyond <= Math.ceil(MOST_BEYOND_RANK_ERROR * ranks);
  }

  static String heading() {
    return "  %-26s %6s %6s %8s %10s %8s  %-9s %-9s %-9s %s"
        .formatted(
            "view",
            "keys",
            "rows",
            "values",
            "different",
            "missing",
            "relative",
            "estimate",
            "rank",
            "ranks beyond 1.33 %");
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "  %-26s %6d %6d %8d %10d %8d  %-9s %-9s %-9s %s"
                .formatted(
                    view,
                    keys,
                    keysWithRow,
                    values,
                    different,
                    missing,
                    worst(Measure.DIFFERENCE),
                    worst(Measure.ESTIMATE),
                    worst(Measure.RANK),
                    ranks == 0 ? "-" : ranksBeyond + " of " + ranks));
    examples.forEach(example -> text.append(System.lineSeparator()).append("    ").append(example));
    return text.toString();
  }

  private String worst(Measure measure) {
    Double distance = worst.get(measure);
    return distance == null ? "-" : "%.1e".formatted(distance);
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }
}
