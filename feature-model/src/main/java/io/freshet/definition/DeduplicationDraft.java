package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.plan.Deduplication;
import io.freshet.value.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a source's document says of copies of events. */
final class DeduplicationDraft {
  private static final String FIELD = "deduplicate";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  private DeduplicationDraft() {}

  /** Null if the source does not declare it, or not rightly: then that was reported. */
  static @Nullable Deduplication read(Fields spec, List<ColumnDraft> columns, Violations faults) {
    boolean absent = spec.lacks(FIELD);
    try (Fields fields = spec.optionalObject(FIELD)) {
      if (absent) {
        return null;
      }
      String id = fields.text("id");
      Duration within = fields.duration("within");
      if (id != null) {
        checkId(fields.at("id"), id, columns, faults);
      }
      if (within != null && (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0)) {
        faults.add(
            fields.at("within"),
            "Cannot look for duplicates within %s: choose from %s to %s"
                .formatted(
                    Durations.format(within),
                    Durations.format(SHORTEST),
                    Durations.format(LONGEST)));
      }
      return id == null || within == null ? null : new Deduplication(id, within.toMillis());
    }
  }

  private static void checkId(
      String path, String id, List<ColumnDraft> columns, Violations faults) {
    Optional<ColumnDraft> column = columns.stream().filter(c -> id.equals(c.name())).findFirst();
    if (column.isEmpty()) {
      List<String> names =
          columns.stream().map(ColumnDraft::name).filter(Objects::nonNull).toList();
      faults.add(
          path,
          "Cannot tell events by column \""
              + id
              + "\": there is no such column"
              + Names.suggestion(id, names));
      return;
    }
    ValueType type = column.get().type();
    if (type != null && type != ValueType.STRING && type != ValueType.INT64) {
      faults.add(
          path,
          "Cannot tell events by column %s: its type is %s, an id is string or int64"
              .formatted(id, type.wireName()));
    }
  }
}
