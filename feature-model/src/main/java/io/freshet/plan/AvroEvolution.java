package io.freshet.plan;

import io.freshet.avro.AvroColumn;
import io.freshet.avro.AvroSchemas;
import io.freshet.error.Violations;
import io.freshet.plan.AvroFormat.Encoding;
import io.freshet.value.Column;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** Which changes of the format of a source its earlier events can bear. */
final class AvroEvolution {
  private AvroEvolution() {}

  static void check(SourcePlan before, SourcePlan after, Violations found) {
    AvroFormat old = before.avro();
    AvroFormat changed = after.avro();
    if (Objects.equals(old, changed)) {
      return;
    }
    if (old == null || changed == null) {
      found.add(
          "spec.avro",
          "Cannot change the format from %s to %s: earlier events have the first, keep it"
              .formatted(name(old), name(changed)));
      return;
    }
    if (old.encoding() != changed.encoding()) {
      found.add(
          "spec.avro.encoding",
          "Cannot change the encoding from %s to %s: earlier events have the first, keep it"
              .formatted(old.encoding().wireName(), changed.encoding().wireName()));
    }
    checkKnown(old, changed, found);
    checkMeaning(before.columns(), parse(old.schema()), parse(changed.schema()), found);
  }

  /** Every schema that an event may be written by must still be known. */
  private static void checkKnown(AvroFormat old, AvroFormat changed, Violations found) {
    Set<Long> known =
        schemas(changed).map(SchemaNormalization::parsingFingerprint64).collect(Collectors.toSet());
    Schema reader = parse(changed.schema());
    String path =
        changed.encoding() == Encoding.BINARY ? "spec.avro.schema" : "spec.avro.earlierSchemas";
    String remedy =
        changed.encoding() == Encoding.BINARY
            ? "keep it, for encoding binary names no schema"
            : "add it to earlierSchemas";
    for (Schema written : schemas(old).toList()) {
      long fingerprint = SchemaNormalization.parsingFingerprint64(written);
      if (!known.contains(fingerprint)) {
        found.add(
            path,
            "Cannot do without the Avro schema of fingerprint %016x: earlier events are written by it, %s"
                .formatted(fingerprint, remedy));
        for (String obstacle : AvroSchemas.obstacles(reader, written)) {
          found.add(
              "spec.avro.schema",
              "Cannot read events of the schema of fingerprint %016x: %s"
                  .formatted(fingerprint, obstacle));
        }
      }
    }
  }

  private static void checkMeaning(
      List<Column> columns, Schema before, Schema after, Violations found) {
    for (Column column : columns) {
      AvroColumn.changedUnit(column, before, after)
          .ifPresent(reason -> found.add("spec.avro.schema", reason));
    }
  }

  private static Stream<Schema> schemas(AvroFormat format) {
    return Stream.concat(Stream.of(format.schema()), format.earlierSchemas().stream())
        .map(AvroEvolution::parse);
  }

  private static Schema parse(String json) {
    return AvroSchemas.parse(json);
  }

  private static String name(@Nullable AvroFormat format) {
    return format == null ? "JSON" : "Avro";
  }
}
