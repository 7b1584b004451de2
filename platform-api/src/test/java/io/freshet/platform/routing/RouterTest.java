package io.freshet.platform.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Durations;
import io.freshet.definition.FeatureView.Freshness;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.Engine;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import io.freshet.plan.Tier;
import io.freshet.platform.routing.Route.Alternative;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static final RoutingPolicy POLICY =
      new RoutingPolicy(Duration.ofMinutes(15), Duration.ofSeconds(5), 0.5);

  @ParameterizedTest
  @CsvSource({
    "10s, STREAMING",
    "74m59s, STREAMING",
    "75m, HOURLY",
    "24h, HOURLY",
    "24h15m, DAILY",
    "7d, DAILY"
  })
  void aDeclaredStalenessGetsTheCheapestTierThatKeepsIt(String maxStaleness, Tier expected) {
    Route route = route(view("1h"), new Freshness(duration(maxStaleness), null));

    assertThat(route.tier()).isEqualTo(expected);
    assertThat(route.engine()).isEqualTo(expected.engine());
    assertThat(route.reasons().get(0)).startsWith("A maxStaleness of");
  }

  @ParameterizedTest
  @CsvSource({
    "10m, STREAMING",
    "1h, STREAMING",
    "149m, STREAMING",
    "150m, HOURLY",
    "2d, HOURLY",
    "49h, DAILY",
    "7d, DAILY"
  })
  void withoutADeclarationTheShortestWindowDecides(String window, Tier expected) {
    Route route = route(view("30d", window), Freshness.UNDECLARED);

    assertThat(route.tier()).isEqualTo(expected);
    assertThat(route.reasons().get(0))
        .startsWith("No freshness is declared: the shortest window is the ")
        .contains("50 %");
  }

  @Test
  void aDeclaredTierWins() {
    for (Tier tier : Tier.values()) {
      Route route = route(view("10m"), new Freshness(null, tier));

      assertThat(route.tier()).isEqualTo(tier);
      assertThat(route.reasons()).contains("Tier " + tier.wireName() + " is declared.");
    }
  }

  @Test
  void aDeclaredTierThatCannotKeepADeclaredStalenessSaysSo() {
    Route route = route(view("1h"), new Freshness(Duration.ofSeconds(10), Tier.HOURLY));

    assertThat(route.tier()).isEqualTo(Tier.HOURLY);
    assertThat(route.reasons())
        .containsExactly(
            "Tier hourly is declared.",
            "Hourly runs keep it within 1h15m: 1h between two, 15m for a run.",
            "It cannot keep the declared maxStaleness of 10s: the declared tier wins, lookups will call the view stale.");
  }

  @Test
  void aStalenessBelowTheDisorderOfTheSourceIsToldToBeOutOfReach() {
    Route route = route(view("1h"), new Freshness(Duration.ofSeconds(10), null));

    assertThat(route.tier()).isEqualTo(Tier.STREAMING);
    assertThat(route.achievableStalenessMillis()).isEqualTo(35_000);
    assertThat(route.reasons())
        .containsExactly(
            "A maxStaleness of 10s is declared.",
            "Streaming keeps it within 35s: 30s for events out of order, 5s to write.",
            "No tier is fresh enough, streaming is the freshest: an event of source departures may be 30s late, which bounds how complete a value can be; declare a shorter maxDisorder there or a longer maxStaleness here.");
  }

  @Test
  void everyOtherTierIsAnAlternativeWithWhatSpeaksAgainstIt() {
    Route route = route(view("1h"), new Freshness(Duration.ofHours(2), null));

    assertThat(route.tier()).isEqualTo(Tier.HOURLY);
    assertThat(route.alternatives())
        .containsExactly(
            new Alternative(
                Tier.STREAMING,
                Engine.STREAMING,
                35_000,
                "Fresher and dearer than needed. Streaming keeps it within 35s: 30s for events out of order, 5s to write."),
            new Alternative(
                Tier.DAILY,
                Engine.BATCH,
                Duration.ofHours(24).plusMinutes(15).toMillis(),
                "Cheaper, but not fresh enough. Daily runs keep it within 1d15m: 1d between two, 15m for a run."));
  }

  @ParameterizedTest
  @CsvSource({"10m, HOURLY", "150m, HOURLY", "49h, DAILY"})
  void aViewOverATableIsNeverStreamed(String window, Tier expected) {
    Route route = Router.route(view(window), Freshness.UNDECLARED, table(), POLICY);

    assertThat(route.tier()).isEqualTo(expected);
    assertThat(route.alternatives()).extracting(Alternative::engine).containsOnly(Engine.BATCH);
  }

  @Test
  void aViewOverATableThatNoRunKeepsFreshEnoughSaysSo() {
    Route route = Router.route(view("10m"), Freshness.UNDECLARED, table(), POLICY);

    assertThat(route.reasons())
        .endsWith(
            "No tier is fresh enough, hourly is the freshest: the events of source departures are the rows of a table, which only batch runs read.");
  }

  @ParameterizedTest
  @CsvSource({"74m59s, true", "75m, false", "7d, false"})
  void aStalenessThatOnlyAStreamKeepsCannotBePromisedOverATable(
      String maxStaleness, boolean refused) {
    Freshness declared = new Freshness(duration(maxStaleness), null);

    assertThat(Router.refusal(declared, table(), POLICY).isPresent()).isEqualTo(refused);
    assertThat(Router.refusal(declared, source(), POLICY)).isEmpty();
    assertThat(Router.refusal(Freshness.UNDECLARED, table(), POLICY)).isEmpty();
  }

  private static Route route(BoundView view, Freshness declared) {
    return Router.route(view, declared, source(), POLICY);
  }

  private static SourcePlan table() {
    return source().over(new TablePlan(TableFormat.DELTA, "/data/departures"));
  }

  private static SourcePlan source() {
    return new SourcePlan(
        "flights",
        "departures",
        List.of(Column.required("at", ValueType.TIMESTAMP)),
        "at",
        "departures",
        30_000,
        60_000);
  }

  private static BoundView view(String... windows) {
    List<FeaturePlan> features =
        Arrays.stream(windows)
            .map(
                window ->
                    new FeaturePlan(
                        "count_" + window,
                        Aggregation.COUNT,
                        FeaturePlan.NO_INPUT,
                        Window.ofMillis(duration(window).toMillis()),
                        FeatureType.scalar(ValueType.INT64)))
            .toList();
    List<Column> keys = List.of(Column.required("origin", ValueType.STRING));
    @Nullable String noFilter = null;
    return new BoundView(
        "flights",
        "delays",
        "airport",
        keys,
        "departures",
        List.of("origin"),
        noFilter,
        List.of(),
        features,
        Delivery.EXACTLY_ONCE,
        86_400_000,
        0,
        0);
  }

  private static Duration duration(String text) {
    return Durations.parse(text).orElseThrow();
  }
}
