package io.freshet.definition;

import io.freshet.error.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the columns of a source are in its events: each at a place of its own. */
final class ColumnPaths {
  private ColumnPaths() {}

  /** Reports columns that are at the place of another one, or inside it. */
  static void check(List<ColumnDraft> columns, Violations faults) {
    Map<String, ColumnDraft> taken = new HashMap<>();
    for (ColumnDraft column : columns) {
      String at = column.effectivePath();
      ColumnDraft earlier = at == null ? null : taken.putIfAbsent(at, column);
      if (earlier != null && !Objects.equals(earlier.name(), column.name())) {
        faults.add(
            column.path() + ".path",
            "Cannot read two columns at \"" + at + "\": " + earlier.path() + " is there");
      }
    }
    for (ColumnDraft column : columns) {
      String at = column.effectivePath();
      if (at != null) {
        checkParents(column, at, taken, faults);
      }
    }
  }

  private static void checkParents(
      ColumnDraft column, String at, Map<String, ColumnDraft> taken, Violations faults) {
    for (int dot = at.lastIndexOf('.'); dot > 0; dot = at.lastIndexOf('.', dot - 1)) {
      String parent = at.substring(0, dot);
      ColumnDraft value = taken.get(parent);
      if (value != null) {
        faults.add(
            column.path() + ".path",
            "Cannot read a column at \"%s\": %s takes \"%s\" as a value, which has no fields"
                .formatted(at, value.path(), parent));
      }
    }
  }
}
