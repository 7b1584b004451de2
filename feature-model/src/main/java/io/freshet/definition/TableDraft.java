package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.plan.Engine;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import io.freshet.plan.Tier;
import io.freshet.value.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a source's document says of the table that has its events. */
final class TableDraft {
  private static final String FIELD = "table";

  /** What only events of a topic can have, and what to say of it. */
  private static final Map<String, String> OF_TOPICS =
      Map.of(
          "kafka",
          "Cannot take events from a table and from a topic: leave table or kafka out",
          "avro",
          "Cannot read the rows of a table as Avro: they have columns, leave avro out",
          "deduplicate",
          "Cannot tell copies in a table: its rows have no order of arrival, leave deduplicate out"
              + " and write each event once",
          "maxDisorder",
          "Cannot wait for events of a table that are out of order: only a stream does, leave"
              + " maxDisorder out");

  private TableDraft() {}

  /** Null if the source does not declare it, or not rightly: then that was reported. */
  static @Nullable TablePlan read(Fields spec) {
    boolean absent = spec.lacks(FIELD);
    try (Fields table = spec.optionalObject(FIELD)) {
      if (absent) {
        return null;
      }
      TableFormat format =
          table.choice(
              "format",
              TableFormat::ofWireName,
              Arrays.stream(TableFormat.values()).map(TableFormat::wireName).toList());
      String path = table.name("path", Names::faultOfTablePath);
      return format == null || path == null ? null : new TablePlan(format, withoutLastSlash(path));
    }
  }

  /** Reports what the rows of a table cannot have, if the source declares one. */
  static void check(Fields spec, List<ColumnDraft> columns, Violations faults) {
    if (spec.lacks(FIELD)) {
      return;
    }
    OF_TOPICS.forEach(
        (field, message) -> {
          if (!spec.lacks(field)) {
            faults.add(spec.at(field), message);
          }
        });
    for (ColumnDraft column : columns) {
      if (column.coercion() == Column.Coercion.FROM_TEXT) {
        faults.add(
            column.path() + ".coerce",
            "Cannot coerce a column of a table: it has a type, cast it where the table is written");
      }
    }
  }

  /** Reports a tier that no view over the source can have. */
  static void checkTier(EventSource source, @Nullable Tier tier, Violations faults) {
    if (source.table() != null && tier != null && tier.engine() == Engine.STREAMING) {
      faults.add(
          "spec.freshness.tier",
          "Cannot stream from event source %s: its events are the rows of a table, which only batch runs read, declare hourly or daily"
              .formatted(source.metadata().name()));
    }
  }

  private static String withoutLastSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
