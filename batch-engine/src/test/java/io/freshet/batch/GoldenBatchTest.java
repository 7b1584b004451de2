package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.GoldenCase;
import io.freshet.oracle.GoldenCase.Expectation;
import io.freshet.oracle.SameValue;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The golden files, replayed by what a Spark run computes; all cases with an as-of time in common
 * in one run.
 */
@ExtendWith(BatchServers.Extension.class)
class GoldenBatchTest {
  private static final JsonMapper JSON = new JsonMapper();

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

  private void replay(long asOfMillis, List<GoldenCase> cases) {
    ViewsInOneRun run = new ViewsInOneRun();
    for (int i = 0; i < cases.size(); i++) {
      String keyColumn = ViewsInOneRun.keyColumn(i);
      run.add(
          cases.get(i).view(),
          cases.get(i).events().stream().map(event -> rekeyed(event, keyColumn)).toList());
    }
    List<Map<String, @Nullable Object[]>> features =
        run.features(servers.spark(), source(cases), asOfMillis);
    for (int i = 0; i < cases.size(); i++) {
      assertFeatures(cases.get(i), asOfMillis, features.get(i));
    }
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
        shared.maxFutureMillis());
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
