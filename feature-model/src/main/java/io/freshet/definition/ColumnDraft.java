package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column or a join key of a draft, with the path of its object. */
record ColumnDraft(
    String path, @Nullable String name, @Nullable ValueType type, Column.Presence presence) {

  /** A column of a source: name, type and whether it is optional. */
  static ColumnDraft column(Fields object) {
    try (Fields fields = object) {
      return new ColumnDraft(
          fields.path(),
          fields.name("name", Names::faultOfColumn),
          type(fields),
          fields.flag("optional") ? Column.Presence.OPTIONAL : Column.Presence.REQUIRED);
    }
  }

  /** A join key of an entity: name and type. */
  static ColumnDraft joinKey(Fields object) {
    try (Fields fields = object) {
      return new ColumnDraft(
          fields.path(),
          fields.name("name", Names::faultOfColumn),
          type(fields),
          Column.Presence.REQUIRED);
    }
  }

  /** Reports names that occur twice; table formats tell no upper case from lower case. */
  static void distinct(List<ColumnDraft> columns, Violations faults) {
    Map<String, String> seen = new HashMap<>();
    for (ColumnDraft column : columns) {
      if (column.name != null) {
        String earlier = seen.putIfAbsent(column.name.toLowerCase(Locale.ROOT), column.path);
        if (earlier != null) {
          faults.add(
              column.path + ".name",
              "Cannot use the name \"" + column.name + "\" twice: " + earlier + " has it");
        }
      }
    }
  }

  /** The columns that could be read in full. */
  static List<Column> readable(List<ColumnDraft> columns) {
    return columns.stream().map(ColumnDraft::complete).filter(Objects::nonNull).toList();
  }

  private @Nullable Column complete() {
    return name == null || type == null ? null : new Column(name, type, presence);
  }

  private static @Nullable ValueType type(Fields fields) {
    return fields.choice(
        "type",
        ValueType::ofWireName,
        Arrays.stream(ValueType.values()).map(ValueType::wireName).toList());
  }
}
