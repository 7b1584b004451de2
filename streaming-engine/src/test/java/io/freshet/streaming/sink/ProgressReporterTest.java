package io.freshet.streaming.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.store.ViewProgress;
import io.freshet.streaming.Flights;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // open() sets the fields before each test.
class ProgressReporterTest {
  private static final ViewPlan FIRST = Flights.view("p", "first", 1, 10_000);
  private static final ViewPlan SECOND = Flights.view("p", "second", 2, 10_000);

  private static ScriptedStore store;
  private static TwoInputStreamOperatorTestHarness<Void, DefinitionChange, Void> reporter;

  @BeforeEach
  void open() throws Exception {
    store = new ScriptedStore();
    CarriedPlan job =
        CarriedPlan.of(
            Flights.job("p", List.of(FIRST), "none:1", "redis://none:1", "file:///none"));
    reporter = new TwoInputStreamOperatorTestHarness<>(new ProgressReporter(job, () -> store));
    reporter.open();
  }

  @AfterEach
  void close() throws Exception {
    reporter.close();
  }

  @Test
  void reportsTheViewsWhoseLanesAreLiveEachSecondAndNoneBeforeTheFirstWatermark() throws Exception {
    reporter.processWatermark2(Watermark.MAX_WATERMARK);
    reporter.setProcessingTime(1_000);
    assertThat(store.progress).isEmpty();

    reporter.processWatermark1(new Watermark(499));
    reporter.setProcessingTime(2_000);
    assertThat(store.progress).containsExactly(new ViewProgress("p", 1, 1, 500));

    reporter.processElement2(new DefinitionChange(2, PlanCodec.encode(SECOND)), 0);
    reporter.processElement2(new DefinitionChange(1, null), 0);
    reporter.processWatermark1(new Watermark(699));
    reporter.setProcessingTime(3_000);
    assertThat(store.progress).as("a lane without its history").hasSize(1);

    reporter.processElement2(new DefinitionChange(2, PlanCodec.encode(SECOND)), 0);
    reporter.setProcessingTime(4_000);
    assertThat(store.progress)
        .containsExactly(new ViewProgress("p", 1, 1, 500), new ViewProgress("p", 2, 1, 700));
  }
}
