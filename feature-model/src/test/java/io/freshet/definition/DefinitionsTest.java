package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
  private static final String ALL =
      String.join("---\n", Texts.SERVICE, Texts.VIEW, Texts.SOURCE, Texts.ENTITY, Texts.PROJECT);

  @Test
  void aViewIsBoundToItsEntityAndSource() {
    Accepted accepted = Definitions.accept(Texts.document(Texts.VIEW), Texts.catalog());

    BoundView view = accepted.boundView().orElseThrow();
    assertThat(view.joinKeys()).containsExactly(Column.required("airport", ValueType.STRING));
    assertThat(view.keyColumns()).containsExactly("origin");
    assertThat(view.inputs())
        .containsExactly(
            new InputPlan("delay", ValueType.FLOAT64),
            new InputPlan("delay > 15.0 ? 1.0 : 0.0", ValueType.FLOAT64));
    assertThat(view.features())
        .startsWith(
            new FeaturePlan(
                "departures_1h",
                Aggregation.COUNT,
                FeaturePlan.NO_INPUT,
                new Window(3_600_000, 300_000),
                FeatureType.scalar(ValueType.INT64)))
        .extracting(FeaturePlan::input)
        .containsExactly(-1, 0, 1, 0);
    assertThat(view.ttlMillis()).isEqualTo(Duration.ofDays(2).toMillis());
    assertThat(view.allowedLatenessMillis()).isEqualTo(60_000);
    assertThat(view.maxStalenessMillis()).isEqualTo(10_000);
    assertThat(view.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
  }

  @Test
  void whatIsLeftOutHasDefaults() {
    String text = Texts.VIEW.replace("  ttl: 2d\n", "").replace("  delivery: exactly_once\n", "");
    BoundView view =
        Definitions.accept(Texts.document(text), Texts.catalog()).boundView().orElseThrow();
    EventSource source = (EventSource) Definitions.unbound(Texts.document(Texts.SOURCE));

    assertThat(view.ttlMillis()).isEqualTo(Duration.ofDays(1).toMillis());
    assertThat(view.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(source.topic()).isEqualTo("flights.departures");
    assertThat(source.plan().maxDisorderMillis()).isEqualTo(2000);
    assertThat(source.plan().maxFutureMillis()).isEqualTo(60_000);
  }

  @Test
  void theDefaultTtlIsTwiceTheLongestWindowWhereThatIsMoreThanADay() {
    String text = Texts.VIEW.replace("  ttl: 2d\n", "").replace("window: 3h", "window: 7d");

    BoundView view =
        Definitions.accept(Texts.document(text), Texts.catalog()).boundView().orElseThrow();

    assertThat(view.ttlMillis()).isEqualTo(Duration.ofDays(14).toMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {Texts.PROJECT, Texts.ENTITY, Texts.SOURCE, Texts.VIEW, Texts.SERVICE})
  void aDefinitionIsReadBackFromItsJson(String text) {
    Definition definition = Definitions.unbound(Texts.document(text));

    String json = Definitions.toJson(definition);
    Definition again = Definitions.unbound(Texts.document(json));

    assertThat(again).isEqualTo(definition);
    assertThat(Definitions.toJson(again)).isEqualTo(json);
  }

  @Test
  void aSourceSaysWhichEventsAreCopies() {
    String text = Texts.SOURCE + "  deduplicate: {id: origin, within: 90m}\n";
    EventSource source = (EventSource) Definitions.unbound(Texts.document(text));

    assertThat(source.plan().deduplication()).isEqualTo(new Deduplication("origin", 5_400_000));
    assertThat(Definitions.unbound(Texts.document(Definitions.toJson(source)))).isEqualTo(source);
  }

  @Test
  void aColumnSaysWhereItIsAndWhatMayBeText() {
    String text =
        Texts.SOURCE.replace(
            "{name: delay, type: float64, optional: true}",
            "{name: delay, type: float64, path: stats.delay, coerce: true, optional: true}");
    EventSource source = (EventSource) Definitions.unbound(Texts.document(text));

    assertThat(source.plan().columns().get(3))
        .isEqualTo(Column.optional("delay", ValueType.FLOAT64).at("stats.delay").fromText());
    assertThat(Definitions.unbound(Texts.document(Definitions.toJson(source)))).isEqualTo(source);
  }

  @Test
  void theJsonOfADefinitionHasOneOrderAndItsDefaults() {
    String text =
        """
        {"spec": {"ttl": "48h", "source": "departures", "entity": "airport",
          "features": [{"window": "90m", "aggregation": "count", "name": "n"}]},
         "kind": "FeatureView",
         "metadata": {"tags": {"b": "2", "a": "1"}, "project": "flights", "name": "v"},
         "apiVersion": "freshet.io/v1"}
        """;

    assertThat(Definitions.toJson(Definitions.unbound(Texts.document(text))))
        .isEqualTo(
            "{\"apiVersion\":\"freshet.io/v1\",\"kind\":\"FeatureView\",\"metadata\":"
                + "{\"name\":\"v\",\"project\":\"flights\",\"tags\":{\"a\":\"1\",\"b\":\"2\"}},"
                + "\"spec\":{\"entity\":\"airport\",\"source\":\"departures\",\"features\":"
                + "[{\"name\":\"n\",\"aggregation\":\"count\",\"window\":\"1h30m\"}],"
                + "\"delivery\":\"exactly_once\",\"ttl\":\"2d\",\"allowedLateness\":\"1m\"}}");
  }

  @Test
  void documentsOfOneTextMayReferToEachOtherInAnyOrder() {
    List<Accepted> accepted =
        Definitions.acceptAll(Definitions.read(ALL), Texts.catalogOf(Texts.PROJECT));

    assertThat(accepted)
        .extracting(a -> a.definition().kind())
        .containsExactly(
            Kind.PROJECT, Kind.ENTITY, Kind.EVENT_SOURCE, Kind.FEATURE_VIEW, Kind.FEATURE_SERVICE);
  }

  @Test
  void theFaultsOfSeveralDocumentsAreReportedTogether() {
    String text =
        ALL.replace("late_share_1h]", "late_share_2h]")
            .replace("eventTime: departed_at", "eventTime: departed_at\n  maxDisorder: 2x");

    assertThatThrownBy(() -> Definitions.acceptAll(Definitions.read(text), Texts.catalog()))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .extracting(
            e -> e.violations().stream().map(Violation::path).toList(),
            InstanceOfAssertFactories.list(String.class))
        .containsExactly("documents[2].spec.maxDisorder", "documents[0].spec.features[1]");
  }

  @Test
  void oneTextMayNotDeclareADefinitionTwice() {
    String text = Texts.ENTITY + "---\n" + Texts.ENTITY;

    assertThatThrownBy(() -> Definitions.acceptAll(Definitions.read(text), Texts.catalog()))
        .hasMessageContaining("documents[1].metadata.name: Cannot declare entity airport");
  }

  @Test
  void aDocumentSaysWhatItIsBeforeItIsJudged() {
    Document document = Texts.document(Texts.VIEW.replace("1h", "nonsense"));

    assertThat(document.kind()).contains(Kind.FEATURE_VIEW);
    assertThat(document.project()).contains("flights");
    assertThat(document.name()).contains("origin_delays");
    assertThat(document.subject()).isEqualTo("feature view origin_delays of project flights");
    assertThat(Texts.document("kind: [x]").subject()).isEqualTo("definition");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10s", "5m", "1h", "7d", "1h30m", "500ms", "1d2h3m4s5ms", "0s"})
  void aDurationIsReadAndWrittenTheSame(String text) {
    assertThat(Durations.parse(text).map(Durations::format)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "1 h", "-1h", "1m1h", "1h1h", "1.5h", "PT1H", "9999999999d"})
  void aTextThatIsNoDurationIsNotRead(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
