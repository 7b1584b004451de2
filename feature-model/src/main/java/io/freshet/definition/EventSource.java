package io.freshet.definition;

import io.freshet.plan.AvroFormat;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TablePlan;
import io.freshet.value.Column;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one kind, which a topic carries or a table has.
 *
 * @param columns the schema
 * @param eventTime the name of the event-time column
 * @param topic the Kafka topic of its events; the name that it would have if a table has them
 * @param maxDisorder how far behind the newest event another may come and not be late
 * @param maxFuture how far after its arrival an event may be dated
 * @param avro the form of Avro events, or null if events are JSON objects
 * @param deduplication which events are copies of others, or null if none are
 * @param table the table whose rows are the events, or null if a topic carries them
 */
public record EventSource(
    Metadata metadata,
    List<Column> columns,
    String eventTime,
    String topic,
    Duration maxDisorder,
    Duration maxFuture,
    @Nullable AvroFormat avro,
    @Nullable Deduplication deduplication,
    @Nullable TablePlan table)
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
        deduplication,
        table);
  }

  @Override
  public Kind kind() {
    return Kind.EVENT_SOURCE;
  }
}
