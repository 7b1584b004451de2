package io.freshet.batch.training;

import io.freshet.serving.ServingRule;
import io.freshet.value.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Views of a source that have the same key and of which labels see the same events: they share one
 * timeline, in which an event and a label are one entry for all of them.
 *
 * @param index among all groups of the training set
 * @param views at least one
 */
record AskedGroup(int index, List<AskedView> views) {
  AskedGroup {
    views = List.copyOf(views);
  }

  ServingRule rule() {
    return views.get(0).rule();
  }

  List<Column> joinKeys() {
    return views.get(0).view().joinKeys();
  }

  /**
   * @param firstIndex of the first group
   */
  static List<AskedGroup> of(List<AskedView> views, int firstIndex) {
    Map<Shared, List<AskedView>> alike = new LinkedHashMap<>();
    views.forEach(
        view -> alike.computeIfAbsent(Shared.of(view), shared -> new ArrayList<>()).add(view));
    List<AskedGroup> groups = new ArrayList<>();
    for (List<AskedView> group : alike.values()) {
      groups.add(new AskedGroup(firstIndex + groups.size(), group));
    }
    return groups;
  }

  /** What the views of a group have in common. */
  private record Shared(List<String> keyColumns, List<Column> joinKeys, ServingRule rule) {
    static Shared of(AskedView view) {
      return new Shared(view.view().keyColumns(), view.view().joinKeys(), view.rule());
    }
  }
}
