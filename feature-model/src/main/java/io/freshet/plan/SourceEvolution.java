package io.freshet.plan;

import io.freshet.error.Violation;
import io.freshet.error.Violations;
import io.freshet.value.Column;
import io.freshet.value.Column.Coercion;
import io.freshet.value.Column.Presence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a source the views of it can bear, with the state that they have. A source may
 * get further optional columns, in any place; it may let an event lack a column, or write it as
 * text, that could not before: views then see null or the value where the event was refused. Avro
 * events may get further schemas if the schema reads every earlier one. All else, such as another
 * topic or table, would change what earlier events mean, or refuse events that were accepted.
 */
public final class SourceEvolution {
  private SourceEvolution() {}

  /** Whether one plan can take the other's place while views use it. */
  public static boolean canFollow(SourcePlan before, SourcePlan after) {
    return obstacles(before, after).isEmpty();
  }

  /**
   * Every reason why a plan cannot take the other's place while views use it, with the path in the
   * source's document; empty if it can.
   */
  public static List<Violation> obstacles(SourcePlan before, SourcePlan after) {
    Violations found = new Violations();
    for (Column column : before.columns()) {
      int index = after.columnIndex(column.name());
      if (index < 0) {
        found.add(
            "spec.columns",
            "Cannot remove column %s: keep it, or make it optional".formatted(column.name()));
      } else {
        checkColumn(column, after.columns().get(index), "spec.columns[" + index + "]", found);
      }
    }
    checkAdded(before, after, found);
    same("spec.eventTime", "eventTime", before.eventTime(), after.eventTime(), found);
    checkOrigin(before, after, found);
    same(
        "spec.maxDisorder",
        "maxDisorder",
        before.maxDisorderMillis() + " ms",
        after.maxDisorderMillis() + " ms",
        found);
    same(
        "spec.maxFuture",
        "maxFuture",
        before.maxFutureMillis() + " ms",
        after.maxFutureMillis() + " ms",
        found);
    same(
        "spec.deduplicate",
        "deduplicate",
        text(before.deduplication()),
        text(after.deduplication()),
        found);
    AvroEvolution.check(before, after, found);
    return found.found();
  }

  /** What was counted came from one place; another one has other events. */
  private static void checkOrigin(SourcePlan before, SourcePlan after, Violations found) {
    if (before.table() == null && after.table() == null) {
      same("spec.kafka.topic", "the topic", before.topic(), after.topic(), found);
    } else {
      same("spec.table", "the origin of events", origin(before), origin(after), found);
    }
  }

  private static String origin(SourcePlan source) {
    TablePlan table = source.table();
    return table == null ? "topic " + source.topic() : table.toString();
  }

  private static void checkColumn(Column before, Column after, String path, Violations found) {
    String subject = "of column " + before.name();
    same(
        path + ".type",
        "the type " + subject,
        before.type().wireName(),
        after.type().wireName(),
        found);
    same(path + ".path", "the path " + subject, before.path(), after.path(), found);
    if (before.coercion() == Coercion.FROM_TEXT && after.coercion() == Coercion.NONE) {
      found.add(
          path + ".coerce",
          "Cannot refuse text for column %s: events were accepted with it, keep coerce: true"
              .formatted(before.name()));
    }
    if (before.presence() == Presence.OPTIONAL && after.presence() == Presence.REQUIRED) {
      found.add(
          path + ".optional",
          "Cannot require column %s: events were accepted without it, keep optional: true"
              .formatted(before.name()));
    }
  }

  private static void checkAdded(SourcePlan before, SourcePlan after, Violations found) {
    for (int i = 0; i < after.columns().size(); i++) {
      Column column = after.columns().get(i);
      if (before.columnIndex(column.name()) < 0 && column.presence() == Presence.REQUIRED) {
        found.add(
            "spec.columns[" + i + "].optional",
            "Cannot add required column %s: earlier events lack it, declare it optional: true"
                .formatted(column.name()));
      }
    }
  }

  private static String text(@Nullable Deduplication declared) {
    return Optional.ofNullable(declared)
        .map(copies -> "%s within %d ms".formatted(copies.id(), copies.withinMillis()))
        .orElse("nothing");
  }

  private static void same(
      String path, String what, String before, String after, Violations found) {
    if (!Objects.equals(before, after)) {
      found.add(path, "Cannot change %s from %s to %s: keep it".formatted(what, before, after));
    }
  }
}
