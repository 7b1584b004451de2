package io.freshet.avro;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaParser;

/** Reads and compares the schemas of events. */
public final class AvroSchemas {
  private AvroSchemas() {}

  /**
   * Reads the schema of an event.
   *
   * @param json the schema as JSON
   * @throws InvalidAvroSchemaException if it is no schema, not of a record, or contains itself
   */
  public static Schema parse(String json) {
    Schema schema;
    try {
      schema = new SchemaParser().parse(json).mainSchema();
    } catch (AvroRuntimeException e) {
      throw new InvalidAvroSchemaException("it is no Avro schema, " + e.getMessage());
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new InvalidAvroSchemaException(
          "it is of type " + typeName(schema) + ", an event must be a record");
    }
    refuseRecursion(schema, new HashSet<>());
    return schema;
  }

  /**
   * Why events that were written by one schema cannot be read as another, each reason with its
   * place in the schema; empty if they can.
   */
  public static List<String> obstacles(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found -> found.getMessage() + " at " + found.getLocation())
        .toList();
  }

  static String typeName(Schema schema) {
    String logicalType = schema.getProp("logicalType");
    return schema.getType().getName() + (logicalType == null ? "" : " (" + logicalType + ")");
  }

  /** A message could nest such a record as often as it has bytes. */
  private static void refuseRecursion(Schema schema, Set<String> around) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!around.add(schema.getFullName())) {
          throw new InvalidAvroSchemaException(
              "record " + schema.getFullName() + " contains itself, events have a fixed depth");
        }
        schema.getFields().forEach(field -> refuseRecursion(field.schema(), around));
        around.remove(schema.getFullName());
      }
      case ARRAY -> refuseRecursion(schema.getElementType(), around);
      case MAP -> refuseRecursion(schema.getValueType(), around);
      case UNION -> schema.getTypes().forEach(branch -> refuseRecursion(branch, around));
      default -> {}
    }
  }
}
