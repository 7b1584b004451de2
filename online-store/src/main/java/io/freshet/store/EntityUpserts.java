package io.freshet.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one entity in a batch, so that a store can decide on them together.
 *
 * @param rows at least one, each of another view
 */
public record EntityUpserts(EntityRef entity, List<Upsert> rows) {
  /**
   * Groups a batch by entity, in the order of first appearance. Of the rows of one entity and view
   * only the newest is kept, the first of equals: the others would change nothing.
   */
  public static List<EntityUpserts> newestOf(List<Upsert> batch) {
    Map<EntityRef, EntityUpserts> groups = new LinkedHashMap<>();
    for (Upsert row : batch) {
      groups
          .computeIfAbsent(row.entity(), entity -> new EntityUpserts(entity, new ArrayList<>(4)))
          .keepNewest(row);
    }
    return List.copyOf(groups.values());
  }

  private void keepNewest(Upsert candidate) {
    for (int i = 0; i < rows.size(); i++) {
      Upsert present = rows.get(i);
      if (present.view() == candidate.view()) {
        if (candidate.version().compareTo(present.version()) > 0) {
          rows.set(i, candidate);
        }
        return;
      }
    }
    rows.add(candidate);
  }
}
