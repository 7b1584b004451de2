package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.GoldenCase;
import io.freshet.oracle.GoldenCase.Expectation;
import io.freshet.oracle.SameValue;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The golden files, replayed by what a Spark run computes; all cases with an as-of time in common
 * in one run.
 */
@ExtendWith(BatchServers.Extension.class)
class GoldenBatchTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Cases that go through Kafka, Delta and Redis too, as of one time. */
  private static final Set<String> SERVED =
      Set.of(
          "lists_and_counts_of_integers",
          "every_aggregation_of_timestamps",
          "every_aggregation_without_a_window",
          "nan_is_the_greatest_in_lists_and_infinities_have_their_place");

  private static final Instant SERVED_AS_OF = Instant.parse("2026-01-05T12:30:00Z");

  private final BatchServers servers;

  GoldenBatchTest(BatchServers servers) {
    this.servers = servers;
  }

  @TestFactory
  List<DynamicTest> aRunAnswersAsTheGoldenFilesSay() {
    SortedMap<Long, List<GoldenCase>> byAsOf = new TreeMap<>();
    for (GoldenCase golden : GoldenCase.all()) {
      golden.expectations().stream()
          .map(Expectation::asOfMillis)
          .distinct()
          .forEach(at -> byAsOf.computeIfAbsent(at, any -> new ArrayList<>()).add(golden));
    }
    List<DynamicTest> tests = new ArrayList<>();
    byAsOf.forEach(
        (asOf, cases) ->
            tests.add(
                DynamicTest.dynamicTest(
                    "as of " + Instant.ofEpochMilli(asOf), () -> replay(asOf, cases))));
    return tests;
  }

  @Test
  void aWholeRunServesWhatTheGoldenFilesSay(@TempDir Path folder) throws Exception {
    List<GoldenCase> cases =
        GoldenCase.all().stream().filter(golden -> SERVED.contains(golden.name())).toList();
    assertThat(cases).hasSameSizeAs(SERVED);
    ViewsInOneRun views = inOneRun(cases);
    Scenario scenario = new Scenario(servers, folder, "golden").readAs(source(cases)).createTopic();
    scenario.sendBytes(List.copyOf(views.events()));

    scenario.run(scenario.plan("golden", SERVED_AS_OF, 1, views.plans().toArray(ViewPlan[]::new)));

    for (int i = 0; i < cases.size(); i++) {
      assertFeatures(
          cases.get(i),
          SERVED_AS_OF.toEpochMilli(),
          served(scenario, views.plans().get(i), cases.get(i)));
    }
  }

  private static Map<String, @Nullable Object[]> served(
      Scenario scenario, ViewPlan view, GoldenCase golden) {
    Set<List<String>> keys =
        golden.expectations().stream().map(one -> List.of(one.key())).collect(Collectors.toSet());
    Map<String, @Nullable Object[]> served = new HashMap<>();
    scenario
        .served(view, keys)
        .forEach((key, row) -> served.put(key.get(0), row.subList(1, row.size()).toArray()));
    assertThat(served).isNotEmpty();
    return served;
  }

  private void replay(long asOfMillis, List<GoldenCase> cases) {
    List<Map<String, @Nullable Object[]>> features =
        inOneRun(cases).features(servers.spark(), source(cases), asOfMillis);
    for (int i = 0; i < cases.size(); i++) {
      assertFeatures(cases.get(i), asOfMillis, features.get(i));
    }
  }

  private static ViewsInOneRun inOneRun(List<GoldenCase> cases) {
    ViewsInOneRun run = new ViewsInOneRun();
    for (int i = 0; i < cases.size(); i++) {
      String keyColumn = ViewsInOneRun.keyColumn(i);
      run.add(
          cases.get(i).view(),
          cases.get(i).events().stream().map(event -> rekeyed(event, keyColumn)).toList());
    }
    return run;
  }

  /** The golden cases' source, with a key column for each case in place of the one. */
  private static SourcePlan source(List<GoldenCase> cases) {
    SourcePlan shared = cases.get(0).source();
    List<Column> columns = new ArrayList<>(shared.columns());
    columns.removeIf(column -> column.name().equals("key"));
    for (int i = 0; i < cases.size(); i++) {
      columns.add(Column.optional(ViewsInOneRun.keyColumn(i), ValueType.STRING));
    }
    return new SourcePlan(
        shared.project(),
        shared.name(),
        columns,
        shared.eventTime(),
        shared.topic(),
        shared.maxDisorderMillis(),
        Duration.ofDays(3650).toMillis());
  }

  private static byte[] rekeyed(byte[] event, String keyColumn) {
    ObjectNode node = (ObjectNode) JSON.readTree(event);
    node.set(keyColumn, node.remove("key"));
    return JSON.writeValueAsBytes(node);
  }

  private static void assertFeatures(
      GoldenCase golden, long asOfMillis, Map<String, @Nullable Object[]> features) {
    @Nullable Object[] ofNoEvents =
        BruteForceOracle.valuesAsOf(golden.view(), List.of(), asOfMillis);
    for (Expectation expectation : golden.expectations()) {
      if (expectation.asOfMillis() == asOfMillis) {
        @Nullable Object[] actual = features.getOrDefault(expectation.key(), ofNoEvents);
        assertThat(SameValue.allSame(actual, expectation.values()))
            .as(
                "%s of %s: %s should be %s",
                golden.name(),
                expectation.key(),
                Arrays.toString(actual),
                Arrays.toString(expectation.values()))
            .isTrue();
      }
    }
  }
}
