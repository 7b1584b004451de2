package io.freshet.event;

import io.freshet.value.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of nested objects that columns are taken from: what is below a field, down to the
 * columns.
 */
final class PathTree {
  private static final int NO_COLUMN = -1;

  private final Map<String, PathTree> fields = new HashMap<>();
  private int column = NO_COLUMN;

  private PathTree() {}

  static PathTree of(List<Column> columns) {
    PathTree root = new PathTree();
    for (int i = 0; i < columns.size(); i++) {
      PathTree field = root;
      for (String name : columns.get(i).path().split("\\.", -1)) {
        field = field.fields.computeIfAbsent(name, added -> new PathTree());
      }
      field.column = i;
    }
    return root;
  }

  /** What is at a field of the object, or null if no column needs it. */
  @Nullable PathTree field(String name) {
    return fields.get(name);
  }

  boolean isColumn() {
    return column != NO_COLUMN;
  }

  /** The position of the column in the schema. */
  int column() {
    return column;
  }

  /** Sets all columns below to null. */
  void clear(@Nullable Object[] values) {
    for (PathTree field : fields.values()) {
      if (field.isColumn()) {
        values[field.column] = null;
      } else {
        field.clear(values);
      }
    }
  }
}
