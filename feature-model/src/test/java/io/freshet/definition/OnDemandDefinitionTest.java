package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.plan.Aggregation;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandInput;
import io.freshet.plan.OnDemandPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnDemandDefinitionTest {
  static final String ON_DEMAND =
      """
      apiVersion: freshet.io/v1
      kind: OnDemandFeatureView
      metadata: {name: airport_risk, project: flights, owner: ops@example.org}
      spec:
        views: [origin_delays]
        request:
          - {name: scheduled, type: float64}
          - {name: carrier, type: string, optional: true}
        features:
          - {name: delay_ratio, expression: "request.scheduled / origin_delays.delay_max_1h"}
          - {name: busy, expression: "origin_delays.departures_1h > 10 && request.carrier != ''"}
          - {name: asked_at, expression: now}
      """;

  private static final Catalog CATALOG =
      Texts.catalogOf(Texts.PROJECT, Texts.ENTITY, Texts.SOURCE, Texts.VIEW);

  @Test
  void aPlanHoldsWhatItsExpressionsUse() {
    OnDemandPlan plan = accept(ON_DEMAND).onDemandPlan().orElseThrow();

    assertThat(plan)
        .isEqualTo(
            new OnDemandPlan(
                "flights",
                "airport_risk",
                List.of("origin_delays"),
                List.of(
                    Column.required("scheduled", ValueType.FLOAT64),
                    Column.optional("carrier", ValueType.STRING)),
                List.of(
                    new OnDemandInput(
                        0,
                        0,
                        "departures_1h",
                        FeatureType.scalar(ValueType.INT64),
                        Aggregation.COUNT),
                    new OnDemandInput(
                        0,
                        3,
                        "delay_max_1h",
                        FeatureType.scalar(ValueType.FLOAT64),
                        Aggregation.MAX)),
                List.of(
                    new OnDemandFeature(
                        "delay_ratio",
                        "request.scheduled / origin_delays.delay_max_1h",
                        ValueType.FLOAT64),
                    new OnDemandFeature(
                        "busy",
                        "origin_delays.departures_1h > 10 && request.carrier != ''",
                        ValueType.BOOLEAN),
                    new OnDemandFeature("asked_at", "now", ValueType.TIMESTAMP))));
  }

  @Test
  void itsJsonIsReadAsTheSame() {
    Definition definition = accept(ON_DEMAND).definition();
    String json = Definitions.toJson(definition);

    assertThat(Definitions.unbound(Texts.document(json))).isEqualTo(definition);
    assertThat(Definitions.toJson(Definitions.unbound(Texts.document(json)))).isEqualTo(json);
    assertThat(
            Definitions.bind(
                (OnDemandFeatureView) definition, view -> CATALOG.boundView("flights", view)))
        .isEqualTo(accept(ON_DEMAND).onDemandPlan().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          views: [origin_delays]      | views: [origin_delay]        | spec.views[0]               | there is no such feature view in project flights
          views: [origin_delays]      | views: [airport_risk]        | spec.views[0]               | no such feature view
          views: [origin_delays]      | views: [origin_delays, origin_delays] | spec.views[1]      | twice
          views: [origin_delays]      | views: [origin_delays, now]  | spec.views[1]               | call the view otherwise
          views: [origin_delays]      | views: []                    | spec.views                  | one element at least
          name: airport_risk          | name: origin_delays          | metadata.name               | a feature view has it
          project: flights            | project: trains              | metadata.project            | Cannot find project trains
          name: carrier               | name: scheduled              | spec.request[1].name        | twice
          name: carrier, type: string | name: airport, type: int64   | spec.request[1].type        | join key of view origin_delays and of type string
          type: string                | type: list                   | spec.request[1].type        | choose one of
          optional: true              | optionl: true                | spec.request[1].optionl     | did you mean "optional"
          name: busy                  | name: delay_ratio            | spec.features[1].name       | twice
          name: busy                  | name: Busy                   | spec.features[1].name       | lower-case letters
          delays.delay_max_1h         | delays.delay_max             | spec.features[0].expression | feature view origin_delays has no "delay_max", did you mean "delay_max_1h"? (known: departures_1h,
          / origin_delays.delay_max_1h | / origin_delays             | spec.features[0].expression | "origin_delays" alone is no value
          request.scheduled           | request.schedule             | spec.features[0].expression | the request has no "schedule", did you mean "scheduled"? (known: scheduled, carrier)
          request.scheduled           | requst.scheduled             | spec.features[0].expression | there is no "requst", did you mean "request"?
          > 10                        | > '10'                       | spec.features[1].expression | found no matching overload
          expression: now             | expression: "[now]"          | spec.features[2].expression | its type is list
          expression: now             | expression: "now +"          | spec.features[2].expression | Cannot compile "now +"
          expression: now             | expr: now                    | spec.features[2].expression | missing
          """)
  void everyFaultNamesItsPlaceAndReason(String part, String wrong, String path, String reason) {
    assertThat(faultsOf(ON_DEMAND.replace(part, wrong)))
        .anySatisfy(
            fault -> {
              assertThat(fault.path()).isEqualTo(path);
              assertThat(fault.message()).contains(reason);
            });
  }

  @Test
  void faultsAreReportedAllAtOnce() {
    String text =
        ON_DEMAND
            .replace("[origin_delays]", "[origin_delays, nowhere]")
            .replace("type: float64", "type: float")
            .replace("delays.departures_1h", "delays.departures")
            .replace("expression: now", "expression: \"then + nowhere.x + request.carrier\"");

    assertThat(faultsOf(text))
        .extracting(Violation::path)
        .containsExactlyInAnyOrder(
            "spec.views[1]",
            "spec.request[0].type",
            "spec.features[0].expression",
            "spec.features[1].expression",
            "spec.features[2].expression");
  }

  @Test
  void aViewThatIsNotListedIsToBeListed() {
    Catalog catalog =
        Texts.catalogOf(
            Texts.PROJECT,
            Texts.ENTITY,
            Texts.SOURCE,
            Texts.VIEW,
            Texts.VIEW.replace("name: origin_delays", "name: other_delays"));
    String text = ON_DEMAND.replace("views: [origin_delays]", "views: [other_delays]");

    assertThat(faultsOf(text, catalog))
        .allSatisfy(fault -> assertThat(fault.message()).contains("not among spec.views"))
        .hasSize(2);
  }

  @Test
  void anOnDemandViewDoesNotReadAnother() {
    Catalog catalog =
        Texts.catalogOf(Texts.PROJECT, Texts.ENTITY, Texts.SOURCE, Texts.VIEW, ON_DEMAND);
    String text =
        ON_DEMAND
            .replace("name: airport_risk", "name: second")
            .replace("[origin_delays]", "[origin_delays, airport_risk]");

    assertThat(faultsOf(text, catalog))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("reads feature views only"));
    assertThat(faultsOf(Texts.VIEW.replace("name: origin_delays", "name: airport_risk"), catalog))
        .singleElement()
        .satisfies(
            fault -> assertThat(fault.message()).contains("an on-demand feature view has it"));
  }

  @Test
  void aServiceNamesFeaturesOfAnOnDemandView() {
    Catalog catalog =
        Texts.catalogOf(Texts.PROJECT, Texts.ENTITY, Texts.SOURCE, Texts.VIEW, ON_DEMAND);
    String named = "[airport_risk.busy, origin_delays]";
    String service = Texts.SERVICE.replaceAll("\\[.*]", named);

    assertThat(Definitions.accept(Texts.document(service), catalog).definition())
        .isInstanceOf(FeatureService.class);
    assertThat(faultsOf(service.replace("risk.busy", "risk.bussy"), catalog))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("did you mean \"busy\""));
  }

  @Test
  void documentsComeInAnyOrder() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                Texts.PROJECT,
                Texts.ENTITY,
                Texts.SOURCE,
                Texts.VIEW,
                ON_DEMAND,
                Texts.SERVICE.replaceAll("\\[.*]", "[airport_risk]")));
    Collections.reverse(texts);

    List<Accepted> accepted =
        Definitions.acceptAll(Definitions.read(String.join("---\n", texts)), Texts.catalogOf());

    assertThat(accepted).hasSize(6);
    assertThat(accepted.get(4).onDemandPlan()).isPresent();
  }

  private static Accepted accept(String text) {
    return Definitions.accept(Texts.document(text), CATALOG);
  }

  private static List<Violation> faultsOf(String text) {
    return faultsOf(text, CATALOG);
  }

  private static List<Violation> faultsOf(String text, Catalog catalog) {
    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class, () -> Definitions.accept(Texts.document(text), catalog));
    assertThat(refused).as("accepted %s", text).isNotNull();
    return refused.violations();
  }
}
