package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionFaultsTest {
  @Test
  void aDefinitionWithFourFaultsAnswersWithFour() {
    String text =
        """
        apiVersion: freshet.io/v1
        kind: FeatureView
        metadata: {name: origin_delays, project: flights}
        spec:
          entity: airprt
          source: departures
          filter: delay
          features:
            - {name: a, aggregation: average, input: delay, windw: 1h, window: 3h}
            - {name: b, aggregation: sum, input: origin, window: 5 minutes}
        """;

    assertThat(faultsOf(text))
        .extracting(Violation::path)
        .containsExactlyInAnyOrder(
            "spec.entity",
            "spec.filter",
            "spec.features[0].windw",
            "spec.features[1].window",
            "spec.features[1].input");
  }

  @Test
  void everyFaultOfAnEmptyViewIsReported() {
    assertThat(faultsOf("kind: FeatureView\nspec: {}\n"))
        .extracting(Violation::path)
        .containsExactlyInAnyOrder(
            "apiVersion", "metadata", "spec.entity", "spec.source", "spec.features");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          freshet.io/v1            | freshet.io/v2        | apiVersion                | choose one of freshet.io/v1
          kind: FeatureView        | kind: FeatureVieww   | kind                      | did you mean "FeatureView"
          name: origin_delays      | name: Origin-Delays  | metadata.name             | lower-case letters
          project: flights         | project: trains      | metadata.project          | Cannot find project trains
          owner: ops@example.org   | ownr: ops            | metadata.ownr             | did you mean "owner"
          {team: delays}           | {team: 7}            | metadata.tags.team        | text in quotes
          entity: airport          | entity: airprt       | spec.entity               | Cannot find entity airprt
          source: departures       | source: arrivals     | spec.source               | Cannot find event source arrivals
          {airport: origin}        | {airport: orign}     | spec.joinKeys.airport     | did you mean "origin"
          {airport: origin}        | {airport: delay}     | spec.joinKeys.airport     | its type is float64
          {airport: origin}        | {aiport: origin, airport: origin} | spec.joinKeys.aiport | did you mean "airport"
          "!cancelled"             | delay                | spec.filter               | it must be boolean
          "!cancelled"             | true                 | spec.filter               | text in quotes
          "!cancelled"             | ""                   | spec.filter               | empty text
          name: delay_average_3h   | name: departures_1h  | spec.features[1].name     | spec.features[0] has it
          aggregation: count       | aggregation: cuont   | spec.features[0].aggregation | did you mean "count"
          input: delay, window: 3h | window: 3h           | spec.features[1].input    | Cannot compute average of nothing
          input: delay, window: 3h | input: 3, window: 3h | spec.features[1].input    | text in quotes
          input: delay, window: 3h | input: origin, window: 3h | spec.features[1].input | Cannot compute average of "origin": its type is string
          input: delay, window: 3h | input: delayy, window: 3h | spec.features[1].input | delayy
          aggregation: average     | aggregation: top_k   | spec.features[1].k        | without k: write how many values to keep, 1 to 100
          aggregation: average     | aggregation: top_k, k: 0 | spec.features[1].k    | from 1 to 100
          aggregation: average     | aggregation: top_k, k: many | spec.features[1].k | a whole number
          aggregation: average     | aggregation: average, k: 3 | spec.features[1].k  | unknown field "k"
          aggregation: average     | aggregation: approx_percentile | spec.features[1].percentiles | it is missing
          aggregation: average     | aggregation: approx_percentile, percentiles: [0.5, 1.5] | spec.features[1].percentiles[1] | from 0.0 to 1.0
          aggregation: average     | aggregation: approx_percentile, percentiles: [0.5, 0.5] | spec.features[1].percentiles | twice
          aggregation: average     | aggregation: histogram | spec.features[1].input  | its type is float64, it must be int64 or string or boolean or timestamp
          input: delay, window: 3h | input: origin, window: 3h | spec.features[1].input | it must be int64 or float64
          input: delay, window: 3h | bound: 5, input: delay, window: 3h | spec.features[1].bound | unknown field "bound"
          input: delay, window: 3h | input: delay, window: 3 hours | spec.features[1].window | such as 10s, 5m
          input: delay, window: 3h | input: delay, window: 3 | spec.features[1].window | such as 10s, 5m
          input: delay, window: 3h | input: delay, window: 999ms | spec.features[1].window | the shortest is 1s
          input: delay, window: 3h | input: delay, window: 4000d | spec.features[1].window | the longest is 3650d
          maxStaleness: 10s        | maxStaleness: 10s, tier: hourly | spec.freshness | leave one out
          maxStaleness: 10s        | maxStaleness: 0s     | spec.freshness.maxStaleness | the least is 1s
          maxStaleness: 10s        | tier: weekly         | spec.freshness.tier       | streaming, hourly, daily
          exactly_once             | exactly-once         | spec.delivery             | did you mean "exactly_once"
          ttl: 2d                  | ttl: 3h              | spec.ttl                  | use that or more
          ttl: 2d                  | tll: 2d              | spec.tll                  | did you mean "ttl"
          """)
  void oneFaultOfAViewIsReportedAtItsPath(
      String original, String fault, String path, String message) {
    List<Violation> faults = faultsOf(Texts.VIEW.replaceFirst(quoted(original), fault));

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).path()).isEqualTo(path);
    assertThat(faults.get(0).message()).startsWith("Cannot ").contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          eventTime: departed_at | eventTime: departd_at    | spec.eventTime       | did you mean "departed_at"
          eventTime: departed_at | eventTime: origin        | spec.eventTime       | it must be timestamp
          type: timestamp        | type: timestamp, optional: true | spec.eventTime | it is optional
          type: timestamp        | type: datetime           | spec.columns[0].type | choose one of int64
          name: origin           | name: delay              | spec.columns[3].name | spec.columns[1] has it
          name: origin           | name: Delay              | spec.columns[3].name | spec.columns[1] has it
          name: origin           | name: _offset            | spec.columns[1].name | starts with a letter
          name: origin           | name: "in"               | spec.columns[1].name | word of CEL
          optional: true         | optional: yes            | spec.columns[3].optional | true or false
          type: timestamp        | type: timestamp, coerce: yes | spec.columns[0].coerce | true or false
          eventTime: departed_at | deduplicate: {id: orign, within: 1h}, | spec.deduplicate.id | did you mean "origin"
          eventTime: departed_at | deduplicate: {id: delay, within: 1h}, | spec.deduplicate.id | an id is string or int64
          eventTime: departed_at | deduplicate: {id: origin, within: 999ms}, | spec.deduplicate.within | choose from 1s to 7d
          eventTime: departed_at | deduplicate: {id: origin, within: 8d}, | spec.deduplicate.within | choose from 1s to 7d
          eventTime: departed_at | deduplicate: {id: origin}, | spec.deduplicate.within | it is missing
          type: string           | type: string, coerce: true | spec.columns[1].coerce | Cannot coerce a string
          type: string           | type: string, path: a..b | spec.columns[1].path | none of them empty
          type: string           | type: string, path: delay | spec.columns[3].path | spec.columns[1] is there
          type: string           | type: string, path: delay.x.y | spec.columns[1].path | takes "delay" as a value
          type: string           | type: string, path: 7    | spec.columns[1].path | text in quotes
          eventTime: departed_at | eventTime: departed_at, kafka: {topic: "a b"} | spec.kafka.topic | Cannot use the topic
          """)
  void oneFaultOfASourceIsReportedAtItsPath(
      String original, String fault, String path, String message) {
    String text = Texts.SOURCE.replaceFirst(quoted(original), fault);
    if (fault.contains("kafka")) {
      text = Texts.SOURCE + "  kafka: {topic: \"a b\"}\n";
    } else if (fault.startsWith("deduplicate")) {
      text = Texts.SOURCE + "  " + fault.replaceFirst(",$", "") + "\n";
    }

    List<Violation> faults = faultsOf(text);

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).path()).isEqualTo(path);
    assertThat(faults.get(0).message()).contains(message);
  }

  @Test
  void anEntitysKeysHaveExactTypesAndTheirOwnNames() {
    String text =
        Texts.ENTITY.replace("{name: airport, type: string}", "{name: as_of, type: float64}");

    assertThat(faultsOf(text))
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("spec.joinKeys[0].type", "spec.joinKeys[0].name");
  }

  @Test
  void aServiceMayOnlyNameWhatIsRegistered() {
    String text =
        Texts.SERVICE.replace(
            "[origin_delays.departures_1h, origin_delays.late_share_1h]",
            "[origin_delays.departures_2h, weather, origin_delays, origin_delays.late_share_1h]");

    assertThat(
            faultsOf(text, Texts.catalogOf(Texts.PROJECT, Texts.ENTITY, Texts.SOURCE, Texts.VIEW)))
        .extracting(Violation::path)
        .containsExactlyInAnyOrder(
            "spec.features[0]", "spec.features[0]", "spec.features[1]", "spec.features[3]");
  }

  @Test
  void aTextThatIsNotYamlIsRefusedWithItsLine() {
    assertThat(syntaxFaultOf("kind: Project\nmetadata: {name: [a\n"))
        .startsWith("Cannot read the text as YAML or JSON: line 2")
        .contains("expected ',' or ']'");
    assertThat(syntaxFaultOf("{\"kind\": \"Project\",\n \"metadata\": {\"name\" \"a\"}}"))
        .contains("line 2");
    assertThat(syntaxFaultOf("kind: Project\nkind: Entity\n")).contains("line 2").contains("kind");
    assertThat(syntaxFaultOf("metadata: &m {name: a}\nspec: *m\n")).contains("line 2", "alias *m");
    assertThat(syntaxFaultOf("- a\n- b\n")).contains("not an object");
    assertThat(syntaxFaultOf("# nothing\n---\n")).contains("there is no document");
  }

  private static List<Violation> faultsOf(String text) {
    return faultsOf(text, Texts.catalog());
  }

  private static List<Violation> faultsOf(String text, Catalog catalog) {
    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class, () -> Definitions.accept(Texts.document(text), catalog));
    assertThat(refusal).as("the refusal of %s", text).isNotNull();
    return refusal.violations();
  }

  private static String syntaxFaultOf(String text) {
    InvalidInputException refusal =
        catchThrowableOfType(InvalidInputException.class, () -> Definitions.read(text));
    assertThat(refusal).as("the refusal of %s", text).isNotNull();
    assertThat(refusal.violations()).hasSize(1);
    return refusal.violations().get(0).message();
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }
}
