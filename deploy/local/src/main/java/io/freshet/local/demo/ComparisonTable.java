package io.freshet.local.demo;

import java.util.List;

/** The comparison of served values with the recomputed ones, a line a view. */
final class ComparisonTable {
  private ComparisonTable() {}

  static String of(List<RoutedComparison> comparisons) {
    StringBuilder text = new StringBuilder();
    text.append(
        "  %-16s %-10s %-10s %6s %8s %8s %10s %8s  %s%n"
            .formatted(
                "view",
                "tier",
                "engine",
                "keys",
                "values",
                "equal",
                "different",
                "missing",
                "worst relative difference"));
    for (RoutedComparison one : comparisons) {
      ViewComparison comparison = one.comparison();
      text.append(
          "  %-16s %-10s %-10s %6d %8d %8d %10d %8d  %.1e%n"
              .formatted(
                  comparison.viewName(),
                  one.tier(),
                  one.engine(),
                  comparison.keys(),
                  comparison.values(),
                  comparison.equal(),
                  comparison.different(),
                  comparison.missing(),
                  comparison.worst()));
      comparison.examples().forEach(example -> text.append("    ").append(example).append('\n'));
    }
    return text.toString().stripTrailing();
  }

  /** The comparison of a view, and who materialized it. */
  record RoutedComparison(String tier, String engine, ViewComparison comparison) {}
}
