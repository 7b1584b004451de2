package io.freshet.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Avro form of a source's events.
 *
 * @param schema the schema of a record, as JSON: what every event is read as
 * @param earlierSchemas the schemas that events of the topic may be written by besides, as JSON
 */
public record AvroFormat(String schema, Encoding encoding, List<String> earlierSchemas) {
  /** What is around the record in a message. */
  public enum Encoding {
    /** Nothing: every message is written by exactly the schema. */
    BINARY,
    /** Avro's single-object encoding, whose header names the schema that it was written by. */
    SINGLE_OBJECT;

    /** The name in definitions: {@code single_object}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Encoding> ofWireName(String name) {
      for (Encoding encoding : values()) {
        if (encoding.wireName().equals(name)) {
          return Optional.of(encoding);
        }
      }
      return Optional.empty();
    }
  }

  public AvroFormat {
    earlierSchemas = List.copyOf(earlierSchemas);
  }
}
