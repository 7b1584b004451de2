package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.event.EventDecoder;
import io.freshet.plan.AvroFormat.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroSourceTest {
  private static final String SOURCE =
      """
      apiVersion: freshet.io/v1
      kind: EventSource
      metadata: {name: visits, project: flights}
      spec:
        columns:
          - {name: at, type: timestamp}
          - {name: city, type: string, path: user.city, optional: true}
          - {name: n, type: int64}
          - {name: share, type: float64}
          - {name: amount, type: float64, coerce: true}
        eventTime: at
        avro:
          encoding: single_object
          schema:
            type: record
            name: Visit
            fields:
              - {name: at, type: {type: long, logicalType: timestamp-micros}}
              - name: user
                type: ["null", {type: record, name: User, fields: [{name: city, type: string}]}]
              - {name: n, type: int}
              - {name: share, type: double, default: 1}
              - {name: amount, type: string, default: "0"}
          earlierSchemas:
            - '{"type": "record", "name": "Visit", "fields": [
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "user", "type": "null"},
                {"name": "n", "type": "int"}]}'
      """;

  @Test
  void anAvroSourceIsReadBackFromItsJsonAndCanBeDecoded() {
    EventSource source = (EventSource) accept(SOURCE);
    EventSource again = (EventSource) accept(Definitions.toJson(source));

    assertThat(again).isEqualTo(source);
    assertThat(Definitions.toJson(again)).isEqualTo(Definitions.toJson(source));
    assertThat(source.plan().avro())
        .satisfies(
            avro -> {
              assertThat(avro.encoding()).isEqualTo(Encoding.SINGLE_OBJECT);
              assertThat(avro.earlierSchemas()).hasSize(1);
            });
    assertThat(new EventDecoder(source.plan())).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          path: user.city, optional: true | path: user.city | spec.columns[1].optional | union with null at user.city
          path: user.city, | path: user.town, | spec.columns[1].path | record User has city
          path: user.city, | path: user.city.x, | spec.columns[1].path | of type string, which has no fields
          name: n, type: int64 | name: n, type: string | spec.columns[2].type | has int there
          name: share, type: float64 | name: share, type: int64 | spec.columns[3].type | an int or a long
          float64, coerce: true | float64 | spec.columns[4].type | with coerce: true
          logicalType: timestamp-micros}} | logicalType: local-timestamp-micros}} | spec.columns[0].type | long (local-timestamp-micros)
          encoding: single_object | encoding: single-object | spec.avro.encoding | did you mean "single_object"
          "type": {"type": "long", "logicalType": "timestamp-micros"}} | "type": "long"} | spec.avro.earlierSchemas[0] | milliseconds in the earlier
          encoding: single_object | encoding: binary | spec.avro.earlierSchemas[0] | use single_object
          name: Visit\\n | name: 7x\\n | spec.avro.schema | no Avro schema
          type: record\\n | type: map\\n | spec.avro.schema | no Avro schema
          share, type: double, default: 1 | share, type: double | spec.avro.earlierSchemas[0] | share
          fields: [{name: city, type: string}] | fields: [{name: city, type: string}, {name: of, type: [User, string]}] | spec.avro.schema | record User contains itself
          """)
  void oneFaultIsReportedAtItsPath(String original, String fault, String path, String message) {
    String text = SOURCE.replace(original.replace("\\n", "\n"), fault.replace("\\n", "\n"));
    assertThat(text).isNotEqualTo(SOURCE);

    List<Violation> faults = faultsOf(text);

    assertThat(faults).extracting(Violation::path).containsOnly(path);
    assertThat(faults.get(0).message()).startsWith("Cannot ").contains(message);
  }

  @Test
  void everyMisfitIsReportedAtOnce() {
    String text =
        SOURCE
            .replace("path: user.city, optional: true", "path: user.city")
            .replace("type: float64}", "type: boolean}")
            .replace("name: n, type: int64", "name: m, type: int64, coerc: true");

    assertThat(faultsOf(text))
        .extracting(Violation::path)
        .containsExactlyInAnyOrder(
            "spec.columns[1].optional",
            "spec.columns[2].coerc",
            "spec.columns[2].path",
            "spec.columns[3].type");
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
