package io.freshet.platform.lookup;

import io.freshet.error.Violations;
import io.freshet.store.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a request give.
 *
 * @param keys of every row for the plan's first entity, then for its second, and so on
 * @param data for every on-demand view of the plan, then for every row, what it takes from the row
 */
record RequestRows(int size, List<EntityRef> keys, List<List<@Nullable Object[]>> data) {
  /**
   * @throws io.freshet.error.InvalidInputException with every member that is missing or mistyped
   */
  static RequestRows read(LookupPlan plan, List<Map<String, @Nullable Object>> rows) {
    Violations faults = new Violations();
    List<EntityRef> keys = new ArrayList<>(plan.entities().size() * rows.size());
    for (EntityKeyReader reader : plan.entities()) {
      for (int row = 0; row < rows.size(); row++) {
        EntityRef key = reader.read(rows.get(row), path(row), faults);
        if (key != null) {
          keys.add(key);
        }
      }
    }
    List<List<@Nullable Object[]>> data = new ArrayList<>(plan.onDemand().size());
    for (ServedOnDemand view : plan.onDemand()) {
      List<@Nullable Object[]> given = new ArrayList<>(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        given.add(view.request().read(rows.get(row), path(row), faults));
      }
      data.add(given);
    }
    faults.throwIfAny("the lookup");
    return new RequestRows(rows.size(), keys, data);
  }

  private static String path(int row) {
    return "entities[" + row + "]";
  }
}
