package io.freshet.avro;

import io.freshet.value.Column;
import io.freshet.value.Column.Coercion;
import io.freshet.value.Column.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A column of a source as the Avro records of a schema have it. Thread-safe. */
public final class AvroColumn {
  /** What a value of the column is in a record. */
  public enum Form {
    /** An int or long. */
    INTEGER,
    /** A float or double. */
    REAL,
    /** A string or the symbol of an enum. */
    TEXT,
    TRUTH,
    /** A long of milliseconds since the epoch. */
    MILLIS,
    /** A long of microseconds since the epoch. */
    MICROS,
    /** A string that writes a value of another type. */
    WRITTEN
  }

  private final Column column;
  private final int[] positions;
  private final Form form;

  private AvroColumn(Column column, int[] positions, Form form) {
    this.column = column;
    this.positions = positions;
    this.form = form;
  }

  /** Everything that keeps a column from being taken from a schema; empty if nothing does. */
  public static List<AvroMisfit> misfits(Column column, Schema schema) {
    List<AvroMisfit> misfits = new ArrayList<>();
    AvroPlace.find(column, schema, misfits)
        .ifPresent(
            place -> {
              if (formOf(column, place.schema()).isEmpty()) {
                misfits.add(new AvroMisfit(AvroMisfit.Part.TYPE, wrongType(column, place)));
              }
              if (place.nullable() && column.presence() == Presence.REQUIRED) {
                misfits.add(new AvroMisfit(AvroMisfit.Part.OPTIONAL, mayBeNull(column)));
              }
            });
    return misfits;
  }

  /**
   * @throws IllegalArgumentException if there is a misfit
   */
  public static AvroColumn bind(Column column, Schema schema) {
    List<AvroMisfit> misfits = new ArrayList<>();
    Optional<AvroPlace> place = AvroPlace.find(column, schema, misfits);
    Form form =
        place
            .flatMap(found -> formOf(column, found.schema()))
            .orElseThrow(
                () -> new IllegalArgumentException(misfits(column, schema).get(0).reason()));
    int[] positions =
        place.orElseThrow().positions().stream().mapToInt(Integer::intValue).toArray();
    return new AvroColumn(column, positions, form);
  }

  /**
   * Why a timestamp of one schema would be another time by the other: its unit changes, which Avro
   * does not mind. Empty if it does not, or the column is not in both.
   */
  public static Optional<String> changedUnit(Column column, Schema earlier, Schema later) {
    Optional<Form> before = formIn(column, earlier);
    Optional<Form> after = formIn(column, later);
    boolean changed =
        before.isPresent()
            && after.isPresent()
            && before.get() != after.get()
            && (before.get() == Form.MICROS || after.get() == Form.MICROS);
    return changed
        ? Optional.of(
            "Cannot read column %s of both schemas: its unit is %s in the earlier and %s in the later, keep it"
                .formatted(column.name(), unit(before.get()), unit(after.get())))
        : Optional.empty();
  }

  public Column column() {
    return column;
  }

  public Form form() {
    return form;
  }

  /** What a record of the schema has of the column, as Avro reads it; null if it is null. */
  public @Nullable Object in(IndexedRecord event) {
    Object found = event;
    for (int position : positions) {
      if (!(found instanceof IndexedRecord around)) {
        return null;
      }
      found = around.get(position);
    }
    return found;
  }

  private static Optional<Form> formOf(Column column, Schema field) {
    Schema.Type type = field.getType();
    if (type == Schema.Type.STRING && column.coercion() == Coercion.FROM_TEXT) {
      return Optional.of(Form.WRITTEN);
    }
    return switch (column.type()) {
      case INT64 -> when(Form.INTEGER, type == Schema.Type.INT || type == Schema.Type.LONG);
      case FLOAT64 -> when(Form.REAL, type == Schema.Type.FLOAT || type == Schema.Type.DOUBLE);
      case STRING -> when(Form.TEXT, type == Schema.Type.STRING || type == Schema.Type.ENUM);
      case BOOLEAN -> when(Form.TRUTH, type == Schema.Type.BOOLEAN);
      case TIMESTAMP -> type == Schema.Type.LONG ? timestamp(field) : Optional.empty();
    };
  }

  private static Optional<Form> formIn(Column column, Schema schema) {
    return AvroPlace.find(column, schema, new ArrayList<>())
        .flatMap(place -> formOf(column, place.schema()));
  }

  private static String unit(Form form) {
    return form == Form.MICROS ? "microseconds" : "milliseconds";
  }

  private static Optional<Form> timestamp(Schema field) {
    String logicalType = field.getProp("logicalType");
    if (logicalType == null || logicalType.equals("timestamp-millis")) {
      return Optional.of(Form.MILLIS);
    }
    return when(Form.MICROS, logicalType.equals("timestamp-micros"));
  }

  private static Optional<Form> when(Form form, boolean fits) {
    return fits ? Optional.of(form) : Optional.empty();
  }

  private static String wrongType(Column column, AvroPlace place) {
    String taken =
        switch (column.type()) {
          case INT64 -> "an int or a long";
          case FLOAT64 -> "a float or a double";
          case STRING -> "a string or an enum";
          case BOOLEAN -> "a boolean";
          case TIMESTAMP -> "a long of timestamp-millis, timestamp-micros or no logical type";
        };
    String remedy =
        place.schema().getType() == Schema.Type.STRING
            ? "declare it a string, or with coerce: true if the text writes one"
            : "declare it by the schema";
    return "Cannot take column %s as %s from %s: the Avro schema has %s there, %s is taken from %s; %s"
        .formatted(
            column.name(),
            column.type().wireName(),
            column.path(),
            AvroSchemas.typeName(place.schema()),
            column.type().wireName(),
            taken,
            remedy);
  }

  private static String mayBeNull(Column column) {
    return "Cannot require column %s: the Avro schema has a union with null at %s, declare it optional: true"
        .formatted(column.name(), column.path());
  }
}
