package io.freshet.plan;

import io.freshet.value.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event source as engines see it.
 *
 * @param columns the schema, in the order of {@code Event.values()}
 * @param eventTime the name of the event-time column, of type timestamp and required
 * @param topic the Kafka topic that carries the events; where a table has them, the name that the
 *     topic would have, which nobody uses
 * @param maxDisorderMillis how far behind the newest event another may come and not be late
 * @param maxFutureMillis how far after its arrival an event may be dated; beyond, it is refused
 * @param avro the form of Avro events, or null if events are JSON objects
 * @param deduplication which events are copies of others, or null if none are
 * @param table the table whose rows are the events, or null if a topic carries them
 */
public record SourcePlan(
    String project,
    String name,
    List<Column> columns,
    String eventTime,
    String topic,
    long maxDisorderMillis,
    long maxFutureMillis,
    @Nullable AvroFormat avro,
    @Nullable Deduplication deduplication,
    @Nullable TablePlan table) {
  /** The number under which the definitions topic has the source; lanes have numbers above it. */
  public static final int DEFINITION_NUMBER = 0;

  public SourcePlan {
    columns = List.copyOf(columns);
  }

  /** A source whose events a topic carries. */
  public SourcePlan(
      String project,
      String name,
      List<Column> columns,
      String eventTime,
      String topic,
      long maxDisorderMillis,
      long maxFutureMillis,
      @Nullable AvroFormat avro,
      @Nullable Deduplication deduplication) {
    this(
        project,
        name,
        columns,
        eventTime,
        topic,
        maxDisorderMillis,
        maxFutureMillis,
        avro,
        deduplication,
        null);
  }

  /** A source of JSON events without copies. */
  public SourcePlan(
      String project,
      String name,
      List<Column> columns,
      String eventTime,
      String topic,
      long maxDisorderMillis,
      long maxFutureMillis) {
    this(project, name, columns, eventTime, topic, maxDisorderMillis, maxFutureMillis, null, null);
  }

  /** The same source, whose events are the rows of a table. */
  public SourcePlan over(TablePlan read) {
    return new SourcePlan(
        project,
        name,
        columns,
        eventTime,
        topic,
        maxDisorderMillis,
        maxFutureMillis,
        avro,
        deduplication,
        read);
  }

  /** The topic of the events that could not be used, with the reason in each record's headers. */
  public String deadLetterTopic() {
    return "freshet." + project + "." + name + ".dead-letter";
  }

  /**
   * The compacted topic of the source's own plan, under {@link #DEFINITION_NUMBER}, and the plans
   * of its streaming views, by lane.
   */
  public String definitionsTopic() {
    return "freshet." + project + "." + name + ".definitions";
  }

  /** The topic, of one partition, by which lanes get the tiles of the events before their cut. */
  public String handOverTopic() {
    return "freshet." + project + "." + name + ".hand-over";
  }

  /** The compacted topic, of one partition, by which streaming jobs say how far lanes are. */
  public String acknowledgementsTopic() {
    return "freshet." + project + "." + name + ".acknowledgements";
  }

  /** The topic that has the rows of a view that logs to Kafka. */
  public String featureLogTopic(String view) {
    return "freshet." + project + "." + name + ".feature-log." + view;
  }

  /** The position of a column in the schema, or -1. */
  public int columnIndex(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(columnName)) {
        return i;
      }
    }
    return -1;
  }
}
