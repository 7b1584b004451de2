package io.freshet.definition;

import io.freshet.avro.AvroColumn;
import io.freshet.avro.AvroMisfit;
import io.freshet.avro.AvroSchemas;
import io.freshet.avro.InvalidAvroSchemaException;
import io.freshet.error.Violations;
import io.freshet.plan.AvroFormat;
import io.freshet.plan.AvroFormat.Encoding;
import io.freshet.value.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The Avro form of a source's events in its document. */
final class AvroDraft {
  private static final String FIELD = "avro";

  private AvroDraft() {}

  /** Null if the source does not declare it, or not rightly: then that was reported. */
  static @Nullable AvroFormat read(Fields spec, List<ColumnDraft> columns, Violations faults) {
    boolean absent = spec.lacks(FIELD);
    try (Fields avro = spec.optionalObject(FIELD)) {
      return absent ? null : read(avro, columns, faults, new ArrayList<>());
    }
  }

  private static @Nullable AvroFormat read(
      Fields avro, List<ColumnDraft> columns, Violations faults, List<String> earlier) {
    Fields.Item text = avro.json("schema");
    Schema schema = text == null ? null : parse(text, faults);
    Encoding encoding =
        avro.choice(
            "encoding",
            Encoding::ofWireName,
            Arrays.stream(Encoding.values()).map(Encoding::wireName).toList());
    for (Fields.Item item : avro.optionalJsonList("earlierSchemas")) {
      Schema written = parse(item, faults);
      if (written != null && encoding == Encoding.BINARY) {
        faults.add(
            item.path(),
            "Cannot tell events of an earlier schema by encoding binary: it names no schema, use"
                + " single_object");
      } else if (written != null && schema != null) {
        checkReadable(item.path(), schema, written, faults);
        checkUnits(item.path(), columns, schema, written, faults);
        earlier.add(written.toString());
      }
    }
    if (schema == null || encoding == null) {
      return null;
    }
    columns.forEach(column -> checkFit(column, schema, faults));
    return new AvroFormat(schema.toString(), encoding, earlier);
  }

  private static @Nullable Schema parse(Fields.Item item, Violations faults) {
    try {
      return AvroSchemas.parse(item.text());
    } catch (InvalidAvroSchemaException e) {
      faults.add(item.path(), "Cannot use the Avro schema: " + e.reason());
      return null;
    }
  }

  private static void checkReadable(String path, Schema schema, Schema earlier, Violations faults) {
    for (String obstacle : AvroSchemas.obstacles(schema, earlier)) {
      faults.add(
          path,
          "Cannot read events of the earlier schema by the schema: "
              + obstacle
              + ", give the schema a default or what it lacks");
    }
  }

  private static void checkUnits(
      String path, List<ColumnDraft> columns, Schema schema, Schema earlier, Violations faults) {
    columns.stream()
        .map(ColumnDraft::complete)
        .filter(Objects::nonNull)
        .flatMap(column -> AvroColumn.changedUnit(column, earlier, schema).stream())
        .forEach(reason -> faults.add(path, reason));
  }

  private static void checkFit(ColumnDraft draft, Schema schema, Violations faults) {
    Column column = draft.complete();
    if (column != null) {
      for (AvroMisfit misfit : AvroColumn.misfits(column, schema)) {
        faults.add(draft.path() + "." + misfit.part().field(), misfit.reason());
      }
    }
  }
}
