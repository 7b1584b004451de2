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

/**
 * A column or a join key of a draft.
 *
 * @param path the path of its object in the document
 * @param eventPath where an event has it; null where its name says that
 */
record ColumnDraft(
    String path,
    @Nullable String name,
    @Nullable ValueType type,
    Column.Presence presence,
    @Nullable String eventPath,
    Column.Coercion coercion) {

  /** A column of a source: name, type, whether it is optional, where it is, what may be text. */
  static ColumnDraft column(Fields object, Violations faults) {
    try (Fields fields = object) {
      ValueType type = type(fields);
      boolean coerce = fields.flag("coerce");
      if (coerce && type == ValueType.STRING) {
        faults.add(
            fields.at("coerce"),
            "Cannot coerce a string: it is text as it comes, leave coerce out");
      }
      return new ColumnDraft(
          fields.path(),
          fields.name("name", Names::faultOfColumn),
          type,
          fields.flag("optional") ? Column.Presence.OPTIONAL : Column.Presence.REQUIRED,
          fields.optionalName("path", Names::faultOfPath),
          coerce ? Column.Coercion.FROM_TEXT : Column.Coercion.NONE);
    }
  }

  /** A join key of an entity: name and type. */
  static ColumnDraft joinKey(Fields object) {
    try (Fields fields = object) {
      return new ColumnDraft(
          fields.path(),
          fields.name("name", Names::faultOfColumn),
          type(fields),
          Column.Presence.REQUIRED,
          null,
          Column.Coercion.NONE);
    }
  }

  /** What a request gives: name, type, whether it is optional. */
  static ColumnDraft requested(Fields object) {
    try (Fields fields = object) {
      return new ColumnDraft(
          fields.path(),
          fields.name("name", Names::faultOfColumn),
          type(fields),
          fields.flag("optional") ? Column.Presence.OPTIONAL : Column.Presence.REQUIRED,
          null,
          Column.Coercion.NONE);
    }
  }

  /** A column that was accepted before. */
  static ColumnDraft of(String path, Column column) {
    return new ColumnDraft(
        path, column.name(), column.type(), column.presence(), column.path(), column.coercion());
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

  @Nullable Column complete() {
    return name == null || type == null
        ? null
        : new Column(name, type, presence, eventPath == null ? name : eventPath, coercion);
  }

  /** Where an event has it, if that could be read. */
  @Nullable String effectivePath() {
    return eventPath == null ? name : eventPath;
  }

  private static @Nullable ValueType type(Fields fields) {
    return fields.choice(
        "type",
        ValueType::ofWireName,
        Arrays.stream(ValueType.values()).map(ValueType::wireName).toList());
  }
}
