package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.error.Violation;
import io.freshet.plan.AvroFormat.Encoding;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceEvolutionTest {
  private static final Column AT = Column.required("at", ValueType.TIMESTAMP);
  private static final Column ORIGIN = Column.required("origin", ValueType.STRING);
  private static final Column DELAY = Column.optional("delay", ValueType.INT64).fromText();
  private static final List<Column> COLUMNS = List.of(AT, ORIGIN, DELAY);

  private static final String OLD = schema("");
  private static final String NEW =
      schema(", {\"name\": \"delay\", \"type\": [\"null\", \"long\"], \"default\": null}");

  @Test
  void whatIsAddedOrLetInCanFollow() {
    Column gate = Column.optional("gate", ValueType.STRING).at("a.b");

    assertThat(columns(AT, ORIGIN, DELAY)).isEmpty();
    assertThat(columns(gate, DELAY, ORIGIN, AT)).isEmpty();
    assertThat(columns(AT, Column.optional("origin", ValueType.STRING), DELAY)).isEmpty();
    assertThat(columns(AT.fromText(), ORIGIN, DELAY)).isEmpty();
  }

  @Test
  void everyReasonIsGivenAtOnce() {
    SourcePlan before = json(COLUMNS);
    SourcePlan after =
        new SourcePlan(
            "p",
            "s",
            List.of(
                Column.required("delay", ValueType.FLOAT64).at("x.delay"),
                Column.required("gate", ValueType.STRING),
                Column.required("seen", ValueType.TIMESTAMP)),
            "seen",
            "other",
            3_000,
            70_000,
            new AvroFormat(OLD, Encoding.BINARY, List.of()),
            new Deduplication("gate", 5_000));

    List<Violation> obstacles = SourceEvolution.obstacles(before, after);

    assertThat(obstacles)
        .extracting(Violation::path)
        .containsExactly(
            "spec.columns",
            "spec.columns",
            "spec.columns[0].type",
            "spec.columns[0].path",
            "spec.columns[0].coerce",
            "spec.columns[0].optional",
            "spec.columns[1].optional",
            "spec.columns[2].optional",
            "spec.eventTime",
            "spec.kafka.topic",
            "spec.maxDisorder",
            "spec.maxFuture",
            "spec.deduplicate",
            "spec.avro");
    assertThat(obstacles).allMatch(obstacle -> obstacle.message().startsWith("Cannot "));
    assertThat(obstacles.get(2).message())
        .isEqualTo("Cannot change the type of column delay from int64 to float64: keep it");
  }

  @Test
  void theOrderOfTwoPlansFollowsFromThem() {
    SourcePlan smaller = json(List.of(AT, ORIGIN));
    SourcePlan larger = json(COLUMNS);

    assertThat(SourceEvolution.canFollow(smaller, larger)).isTrue();
    assertThat(SourceEvolution.canFollow(larger, smaller)).isFalse();
  }

  @Test
  void anAvroSchemaCanFollowThatKnowsTheEarlierOnes() {
    assertThat(avro(single(OLD), single(NEW, OLD))).isEmpty();
    assertThat(avro(single(NEW, OLD), single(NEW, OLD))).isEmpty();
    assertThat(avro(single(OLD), single(NEW))).containsExactly("spec.avro.earlierSchemas");
    assertThat(avro(single(NEW, OLD), single(NEW))).containsExactly("spec.avro.earlierSchemas");
    assertThat(avro(single(OLD), binary(OLD))).containsExactly("spec.avro.encoding");
    assertThat(avro(binary(OLD), binary(NEW))).containsExactly("spec.avro.schema");
    assertThat(avro(binary(OLD), null)).containsExactly("spec.avro");
    assertThat(avro(single(OLD), single(schema(", {\"name\": \"x\", \"type\": \"long\"}"))))
        .containsExactly("spec.avro.earlierSchemas", "spec.avro.schema");
  }

  @Test
  void aTimestampKeepsItsUnit() {
    String micros =
        OLD.replace(
            "\"type\": \"long\"",
            "\"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}");

    assertThat(avro(binary(OLD), binary(micros))).containsExactly("spec.avro.schema");
    assertThat(avro(single(OLD), single(micros))).containsExactly("spec.avro.schema");
  }

  @Test
  void aSourceKeepsItsTopicOrItsTable() {
    SourcePlan topic = json(COLUMNS);
    SourcePlan table = topic.over(new TablePlan(TableFormat.DELTA, "/data/t"));

    assertThat(SourceEvolution.obstacles(table, table)).isEmpty();
    assertThat(SourceEvolution.obstacles(topic, table))
        .containsExactly(
            new Violation(
                "spec.table",
                "Cannot change the origin of events from topic t to delta table /data/t: keep it"));
    assertThat(SourceEvolution.canFollow(table, topic)).isFalse();
    assertThat(origins(table, topic.over(new TablePlan(TableFormat.DELTA, "/data/u"))))
        .containsExactly("spec.table");
    assertThat(origins(table, topic.over(new TablePlan(TableFormat.PARQUET, "/data/t"))))
        .containsExactly("spec.table");
  }

  private static List<String> origins(SourcePlan before, SourcePlan after) {
    return SourceEvolution.obstacles(before, after).stream().map(Violation::path).toList();
  }

  private static List<Violation> columns(Column... after) {
    return SourceEvolution.obstacles(json(COLUMNS), json(List.of(after)));
  }

  private static List<String> avro(@Nullable AvroFormat before, @Nullable AvroFormat after) {
    return SourceEvolution.obstacles(source(before), source(after)).stream()
        .map(Violation::path)
        .toList();
  }

  private static SourcePlan json(List<Column> columns) {
    return new SourcePlan("p", "s", columns, "at", "t", 2_000, 60_000);
  }

  private static SourcePlan source(@Nullable AvroFormat format) {
    return new SourcePlan("p", "s", List.of(AT, ORIGIN), "at", "t", 2_000, 60_000, format, null);
  }

  private static AvroFormat single(String schema, String... earlier) {
    return new AvroFormat(schema, Encoding.SINGLE_OBJECT, new ArrayList<>(List.of(earlier)));
  }

  private static AvroFormat binary(String schema) {
    return new AvroFormat(schema, Encoding.BINARY, List.of());
  }

  private static String schema(String more) {
    return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"at\", \"type\": \"long\"},"
        + " {\"name\": \"origin\", \"type\": \"string\"}"
        + more
        + "]}";
  }
}
