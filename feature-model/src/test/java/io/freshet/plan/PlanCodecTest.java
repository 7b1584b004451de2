package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.oracle.GoldenCase;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.serving.ServingDelay;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

class PlanCodecTest {
  private static final GoldenCase ANY = GoldenCase.all().get(0);

  static Stream<Record> plans() {
    List<ViewPlan> views =
        GoldenCase.all().stream()
            .map(golden -> ViewPlan.live(golden.view(), 7, Tier.STREAMING, 1))
            .toList();
    return Stream.of(
        ANY.source(),
        ANY.source().over(new TablePlan(TableFormat.PARQUET, "s3a://bucket/events")),
        views.get(0),
        new StreamingJobPlan(
            "job",
            ANY.source(),
            Delivery.AT_LEAST_ONCE,
            views,
            "k:1",
            "redis://r:2",
            FeatureLogPlan.to("/w"),
            CheckpointPlan.every("file:///c", 10_000),
            50),
        new HandOverPlan(
            "run",
            ANY.source(),
            List.of(
                new HandOverPlan.Lane(
                    new ViewPlan(
                        ANY.view(), 7, 9, Tier.STREAMING, 2, ViewPlan.Phase.BOOTSTRAPPING, true),
                    Map.of(0, 12L, 3, 0L))),
            1L << 40,
            "k:1",
            "/w",
            DeadLetters.SENT_BY_STREAM,
            "/r"),
        new HandOverResult("run", 5, List.of(new HandOverResult.LaneResult(9, 5, 4))),
        new BatchRunPlan(
            "run",
            ANY.source(),
            views,
            1L << 40,
            3,
            "k:1",
            "redis://r:2",
            "/w",
            Rows.CHANGED,
            DeadLetters.SENT_BY_RUN,
            "/r"),
        new BatchRunResult(
            "run",
            1L << 40,
            5,
            1,
            List.of(new BatchRunResult.ViewResult(7, 5, 4, 3, 2, Reading.CHANGES))),
        new TrainingSetPlan(
            "run",
            new TrainingSetPlan.Spine(
                "/s", TrainingSetPlan.Format.CSV, "at", Map.of("late", ValueType.BOOLEAN)),
            List.of(
                new TrainingSetPlan.OfSource(
                    ANY.source(), views, Map.of(Tier.HOURLY, new ServingDelay(5_000, 60_000)))),
            List.of(),
            List.of("a.b"),
            TrainingSetPlan.Mode.AS_SERVED,
            "/w",
            new TrainingSetPlan.Output("/o", TrainingSetPlan.Format.DELTA),
            "/r"),
        new TrainingSetResult(
            "run",
            "/o",
            4,
            1,
            List.of(new TrainingSetResult.ViewStatistics("a", 2)),
            List.of(new TrainingSetResult.FeatureStatistics("a.b", "a__b", 2, 0.5))),
        new BackfillPlan(
            "run",
            ANY.source(),
            List.of(ViewPlan.live(ANY.view(), 7, Tier.DAILY, 1)),
            1L << 30,
            1L << 40,
            BackfillPlan.Ranges.MISSING,
            BackfillPlan.Aim.ESTIMATE,
            "/w",
            "/r"),
        new BackfillResult(
            "run",
            List.of(
                new BackfillResult.ViewResult("a", 3, 1, 90, 0, 1L << 39, null),
                new BackfillResult.ViewResult(
                    "b", 3, 1, 90, 0, null, new BackfillResult.Cost(9, 99, 3, 0.5, 1.5)))),
        new RunProgress("run", "backfill", "a", 1, 2, 3, 4, 0, 5, new RunProgress.Chunks(3, 12)));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aPlanIsReadBackFromItsJson(Record plan) {
    assertThat(PlanCodec.decode(PlanCodec.encode(plan), plan.getClass())).isEqualTo(plan);
  }

  @Test
  void theJsonOfAPlanHoldsItsComponentsOnly() {
    assertThat(PlanCodec.encodeToString(ANY.source()))
        .startsWith("{\"project\":\"golden\"")
        .doesNotContain("deadLetter", "definitionsTopic");
  }

  @Test
  void aColumnIsAtItsNameAndTakenAsItComesUnlessThePlanSaysOtherwise() {
    byte[] plain =
        "{\"name\": \"n\", \"type\": \"INT64\", \"presence\": \"OPTIONAL\"}"
            .getBytes(StandardCharsets.UTF_8);
    Column nested = Column.optional("n", ValueType.INT64).at("a.b.n").fromText();

    assertThat(PlanCodec.decode(plain, Column.class))
        .isEqualTo(Column.optional("n", ValueType.INT64));
    assertThat(PlanCodec.decode(PlanCodec.encode(nested), Column.class)).isEqualTo(nested);
  }

  @Test
  void aPlanOfATimeWithoutTablesIsOneOfATopic() {
    String older = PlanCodec.encodeToString(ANY.source()).replace(",\"table\":null", "");

    assertThat(older).doesNotContain("table");
    assertThat(PlanCodec.decode(older.getBytes(StandardCharsets.UTF_8), SourcePlan.class))
        .isEqualTo(ANY.source());
  }

  @Test
  void whatIsNoSuchPlanIsRefused() {
    byte[] unknown = "{\"surprise\": 1}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> PlanCodec.decode(unknown, SourcePlan.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void everyFaultOfTheCheckpointsIsNamed() {
    assertThatThrownBy(
            () -> new CheckpointPlan("c", 9_999, 9_998, 10_000, 1, false, StateBackend.HASHMAP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose an interval from 10s to 60s")
        .hasMessageContaining("Cannot give a checkpoint up after 9998 ms")
        .hasMessageContaining("Cannot pause for 10000 ms")
        .hasMessageContaining("Cannot retain 1 checkpoints");
  }
}
