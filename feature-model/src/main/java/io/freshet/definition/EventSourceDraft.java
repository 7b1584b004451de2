package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.plan.AvroFormat;
import io.freshet.plan.Deduplication;
import io.freshet.plan.TablePlan;
import io.freshet.value.Column.Presence;
import io.freshet.value.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event source as far as it could be read. */
record EventSourceDraft(
    MetadataDraft metadata,
    List<ColumnDraft> columns,
    @Nullable String eventTime,
    @Nullable String topic,
    Duration maxDisorder,
    Duration maxFuture,
    @Nullable AvroFormat avro,
    @Nullable Deduplication deduplication,
    @Nullable TablePlan table)
    implements Draft {
  private static final Duration DEFAULT_MAX_DISORDER = Duration.ofSeconds(2);
  private static final Duration DEFAULT_MAX_FUTURE = Duration.ofMinutes(1);

  static EventSourceDraft read(MetadataDraft metadata, Fields spec, Violations faults) {
    List<ColumnDraft> columns =
        spec.objects("columns").stream().map(column -> ColumnDraft.column(column, faults)).toList();
    ColumnDraft.distinct(columns, faults);
    ColumnPaths.check(columns, faults);
    String eventTime = spec.text("eventTime");
    if (eventTime != null && !columns.isEmpty()) {
      checkEventTime(eventTime, columns, faults);
    }
    TableDraft.check(spec, columns, faults);
    return new EventSourceDraft(
        metadata,
        columns,
        eventTime,
        topic(metadata, spec, faults),
        spec.optionalDuration("maxDisorder", DEFAULT_MAX_DISORDER),
        spec.optionalDuration("maxFuture", DEFAULT_MAX_FUTURE),
        AvroDraft.read(spec, columns, faults),
        DeduplicationDraft.read(spec, columns, faults),
        TableDraft.read(spec));
  }

  @Override
  public void bind(Catalog catalog, Violations faults) {
    metadata.knownProject(catalog, faults);
  }

  @Override
  public Accepted accepted() {
    return Accepted.unplanned(
        new EventSource(
            metadata.complete(),
            ColumnDraft.readable(columns),
            Draft.present(eventTime),
            Draft.present(topic),
            maxDisorder,
            maxFuture,
            avro,
            deduplication,
            table));
  }

  private static @Nullable String topic(MetadataDraft metadata, Fields spec, Violations faults) {
    try (Fields kafka = spec.optionalObject("kafka")) {
      String topic = kafka.optionalText("topic");
      if (topic == null) {
        return metadata.name() == null || metadata.project() == null
            ? null
            : metadata.project() + "." + metadata.name();
      }
      Names.faultOfTopic(topic).ifPresent(fault -> faults.add(kafka.at("topic"), fault));
      return topic;
    }
  }

  private static void checkEventTime(
      String eventTime, List<ColumnDraft> columns, Violations faults) {
    Optional<ColumnDraft> column =
        columns.stream().filter(c -> eventTime.equals(c.name())).findFirst();
    if (column.isEmpty()) {
      List<String> names =
          columns.stream()
              .map(c -> String.valueOf(c.name()))
              .filter(n -> !n.equals("null"))
              .toList();
      faults.add(
          "spec.eventTime",
          "Cannot take the event time from \""
              + eventTime
              + "\": there is no such column"
              + Names.suggestion(eventTime, names));
      return;
    }
    ValueType type = column.get().type();
    if (type != null && type != ValueType.TIMESTAMP) {
      faults.add(
          "spec.eventTime",
          "Cannot take the event time from column "
              + eventTime
              + ": its type is "
              + type.wireName()
              + ", it must be timestamp");
    }
    if (column.get().presence() == Presence.OPTIONAL) {
      faults.add(
          "spec.eventTime",
          "Cannot take the event time from column "
              + eventTime
              + ": it is optional, every event must have its time");
    }
  }
}
