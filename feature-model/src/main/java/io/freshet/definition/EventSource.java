package io.freshet.definition;

import io.freshet.plan.AvroFormat;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events.
 *
 * @param columns the schema
 * @param eventTime the name of the event-time column
 * @param topic the Kafka topic of its events
 * @param maxDisorder how far behind the newest event another may come and not be late
 * @param maxFuture how far after its arrival an event may be dated
 * @param avro the form of Avro events, or null if events are JSON objects
 * @param deduplication which events are copies of others, or null if none are
 */
public record EventSource(
    Metadata metadata,
    List<Column> columns,
    String eventTime,
    String topic,
    Duration maxDisorder,
    Duration maxFuture,
    @Nullable AvroFormat avro,
    @Nullable Deduplication deduplication)
    implements Definition {
  public EventSource {
    columns = List.copyOf(columns);
  }

  /** The source as engines see it. */
  public SourcePlan plan() {
    return new SourcePlan(
        metadata.project(),
        metadata.name(),
        columns,
        eventTime,
        topic,
        maxDisorder.toMillis(),
        maxFuture.toMillis(),
        avro,
        deduplication);
  }

  @Override
  public Kind kind() {
    return Kind.EVENT_SOURCE;
  }
}
