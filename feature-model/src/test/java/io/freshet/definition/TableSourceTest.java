package io.freshet.definition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTest {
  private static final String SOURCE =
      Texts.SOURCE + "  table: {format: delta, path: /data/flights/departures}\n";

  @Test
  void aSourceOverATableIsReadBackFromItsJson() {
    EventSource source = (EventSource) accept(SOURCE);
    String json = Definitions.toJson(source);

    assertThat(source.plan().table())
        .isEqualTo(new TablePlan(TableFormat.DELTA, "/data/flights/departures"));
    assertThat(json)
        .contains("\"table\":{\"format\":\"delta\",\"path\":\"/data/flights/departures\"}")
        .doesNotContain("kafka", "maxDisorder");
    assertThat(accept(json)).isEqualTo(source);
    assertThat(Definitions.toJson(accept(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data",
        "/data/a b/c.d",
        "/data/..hidden/day=2026-03-01",
        "file:/data/flights",
        "file:///data/flights",
        "s3a://bucket/flights",
        "abfss://container@account.dfs.core.windows.net/flights",
        "hdfs://namenode:8020/flights"
      })
  void aTableIsAtAnAbsolutePathOrAUri(String path) {
    assertThat(pathOf(path)).isEqualTo(path);
    assertThat(pathOf(path + "/")).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/flights",
        "./flights",
        "/",
        "//host/flights",
        "/data//flights",
        "/data/../etc",
        "/data/./flights",
        "/data/flights/..",
        "/data/*",
        "/data/{a,b}",
        "/data/[ab]",
        "/data/a?",
        "/data/a%2e%2e",
        "/data/a#b",
        "/data\\\\a",
        "/data/a\\tb",
        "s3a://bucket",
        "s3a://bucket/a/../b",
        "S3A://bucket/a"
      })
  void aPathThatReadersCouldUnderstandOtherwiseIsRefused(String path) {
    List<Violation> faults = faultsOf(withPath(path));

    assertThat(faults).extracting(Violation::path).containsExactly("spec.table.path");
    assertThat(faults.get(0).message())
        .startsWith("Cannot find a table at ")
        .contains("write an absolute path such as /data/flights or a URI");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {format: iceberg, path: /t}          | spec.table.format  | choose one of delta, parquet
          {format: delt, path: /t}             | spec.table.format  | did you mean "delta"
          {path: /t}                           | spec.table.format  | it is missing
          {format: parquet}                    | spec.table.path    | it is missing
          {format: parquet, path: 7}           | spec.table.path    | text in quotes
          {format: parquet, path: /t, pth: /u} | spec.table.pth     | did you mean "path"
          /data/flights                        | spec.table         | an object
          """)
  void oneFaultIsReportedAtItsPath(String table, String path, String message) {
    List<Violation> faults = faultsOf(Texts.SOURCE + "  table: " + table + "\n");

    assertThat(faults).extracting(Violation::path).containsExactly(path);
    assertThat(faults.get(0).message()).startsWith("Cannot ").contains(message);
  }

  @Test
  void whatOnlyATopicHasIsReportedAtOnce() {
    String text =
        SOURCE.replace("delay, type: float64", "delay, type: float64, coerce: true")
            + """
              kafka: {topic: departures}
              maxDisorder: 5s
              deduplicate: {id: origin, within: 1h}
              avro:
                encoding: binary
                schema: {type: record, name: R, fields: []}
            """;

    List<Violation> faults = faultsOf(text);

    assertThat(faults)
        .extracting(Violation::path)
        .contains(
            "spec.kafka",
            "spec.maxDisorder",
            "spec.deduplicate",
            "spec.avro",
            "spec.columns[3].coerce");
    assertThat(faults)
        .filteredOn(fault -> fault.path().equals("spec.kafka"))
        .extracting(Violation::message)
        .containsExactly(
            "Cannot take events from a table and from a topic: leave table or kafka out");
  }

  @Test
  void noViewOverATableIsStreamed() {
    String streamed = Texts.VIEW.replace("{maxStaleness: 10s}", "{tier: streaming}");
    Catalog catalog = Texts.catalogOf(Texts.PROJECT, Texts.ENTITY, SOURCE);

    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class,
            () -> Definitions.accept(Texts.document(streamed), catalog));

    assertThat(refused.violations())
        .containsExactly(
            new Violation(
                "spec.freshness.tier",
                "Cannot stream from event source departures: its events are the rows of a table, which only batch runs read, declare hourly or daily"));
    assertThat(
            Definitions.accept(Texts.document(streamed.replace("streaming", "hourly")), catalog)
                .boundView())
        .isPresent();
  }

  @Test
  void whatARuleRefusesIsReportedBesideTheFaultsOfOtherDocuments() {
    String faulty = Texts.ENTITY.replace("type: string", "type: text");
    DefinitionRule noTables =
        (accepted, catalog, faults) -> {
          if (accepted.definition() instanceof EventSource source && source.table() != null) {
            faults.add("spec.table", "Cannot read tables here");
          }
        };

    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class,
            () ->
                Definitions.acceptAll(
                    Definitions.read(String.join("---\n", faulty, SOURCE, Texts.PROJECT)),
                    Texts.catalogOf(),
                    noTables));

    assertThat(refused.violations())
        .extracting(Violation::path)
        .containsExactly("documents[0].spec.joinKeys[0].type", "documents[1].spec.table");
  }

  private static String pathOf(String path) {
    return requireNonNull(((EventSource) accept(withPath(path))).table()).path();
  }

  private static String withPath(String path) {
    return Texts.SOURCE + "  table: {format: parquet, path: \"" + path + "\"}\n";
  }

  private static Definition accept(String text) {
    return Definitions.accept(Texts.document(text), Texts.catalog()).definition();
  }

  private static List<Violation> faultsOf(String text) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> accept(text));
    assertThat(refused).as("expected a fault").isNotNull();
    return refused.violations();
  }
}
