package io.freshet.platform.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The on-demand features of one lookup that failed: all are counted, the first are shown. */
final class OnDemandFailures {
  private static final int MOST_SHOWN = 100;

  private final List<LookupAnswer.Failed> shown = new ArrayList<>();
  private final Map<String, Integer> countByView = new TreeMap<>();

  void add(String view, String feature, int row, String reason) {
    countByView.merge(view, 1, Integer::sum);
    if (shown.size() < MOST_SHOWN) {
      shown.add(new LookupAnswer.Failed(view + "." + feature, row, reason));
    }
  }

  List<LookupAnswer.Failed> shown() {
    return List.copyOf(shown);
  }

  /** How often a feature of each on-demand view failed. */
  Map<String, Integer> countByView() {
    return countByView;
  }
}
