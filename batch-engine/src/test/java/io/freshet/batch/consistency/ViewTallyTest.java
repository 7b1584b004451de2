package io.freshet.batch.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.ConsistencyResult.Finding;
import io.freshet.plan.ConsistencyResult.Mismatched;
import io.freshet.plan.ConsistencyResult.Skip;
import io.freshet.plan.ConsistencyResult.ViewResult;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.store.memory.MemoryOnlineStore;
import io.freshet.value.Column;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.FeatureType;
import io.freshet.value.RowCodec;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which differing keys count, once they are looked at again. */
class ViewTallyTest {
  private static final long COMPLETE = 10_000;

  private final OnlineStore store = new MemoryOnlineStore(Clock.systemUTC());
  private final Map<SampledKey, StoredRow> compared = new HashMap<>();
  private final List<Verdict> verdicts = new ArrayList<>();

  @Test
  void aRowThatChangedMeanwhileSaysNothing() {
    ViewPlan view = view(Tier.STREAMING, Delivery.EXACTLY_ONCE);
    differs(view, "same", Finding.WRONG, COMPLETE);
    differs(view, "newer", Finding.WRONG, COMPLETE);
    serve(view, "newer", COMPLETE + 1);
    differs(view, "here now", Finding.MISSING, null);
    serve(view, "here now", COMPLETE);
    differs(view, "not here", Finding.MISSING, null);

    ViewResult result = result(view);

    assertThat(result.mismatched()).isEqualTo(new Mismatched(1, 0, 0));
    assertThat(result.missing()).isEqualTo(1);
    assertThat(result.compared()).isEqualTo(2);
    assertThat(result.skipped()).isEqualTo(Map.of(Skip.CHANGED, 2L));
  }

  @Test
  void aRowThatEventsMayBeOnTheirWayToSaysNothing() {
    ViewPlan view = view(Tier.STREAMING, Delivery.EXACTLY_ONCE);
    differs(view, "settled", Finding.EXTRA, COMPLETE + 1);
    byte[] other = key("unsettled");
    compared.put(new SampledKey(other), serve(view, "unsettled", COMPLETE + 1));
    verdicts.add(
        new Verdict(1, new SampledKey(other), Finding.EXTRA, false, true, false, 0.5, row(1)));

    ViewResult result = result(view);

    assertThat(result.extra()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(Map.of(Skip.UNSETTLED, 1L));
  }

  @Test
  void aRowThatMayCountTwiceSaysNothingUnlessItIsMissing() {
    ViewPlan view = view(Tier.STREAMING, Delivery.AT_LEAST_ONCE);
    differs(view, "there", Finding.WRONG, COMPLETE);
    differs(view, "not there", Finding.MISSING, null);

    ViewResult result = result(view);

    assertThat(result.missing()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(Map.of(Skip.COUNTED_AT_LEAST_ONCE, 1L));
  }

  @Test
  void everyDifferingRowOfTheBatchEngineCountsAndTwentyAreExamples() {
    ViewPlan view = view(Tier.HOURLY, Delivery.AT_LEAST_ONCE);
    for (int i = 0; i < 25; i++) {
      differs(view, "key " + i, Finding.STALE, COMPLETE);
    }
    verdicts.add(same("equal", false));
    verdicts.add(same("expired", true));

    ViewResult result = result(view);

    assertThat(result.mismatched()).isEqualTo(new Mismatched(0, 25, 0));
    assertThat(result.compared()).isEqualTo(26);
    assertThat(result.equal()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(Map.of(Skip.EXPIRED, 1L));
    assertThat(result.worstRelativeDifference()).isEqualTo(0.5);
    assertThat(result.examples()).hasSize(20);
    assertThat(result.examples().get(0).key()).isEqualTo(Map.of("origin", "key 0"));
    assertThat(result.examples().get(0).served()).containsEntry("departures", "2");
    assertThat(result.examples().get(0).recomputed()).containsEntry("departures", "1");
  }

  private ViewResult result(ViewPlan view) {
    return new ViewTally(new ViewScope(view, null, COMPLETE, 0), compared).result(verdicts, store);
  }

  private void differs(ViewPlan view, String key, Finding finding, @Nullable Long asOfMillis) {
    if (asOfMillis != null) {
      compared.put(new SampledKey(key(key)), serve(view, key, asOfMillis));
    }
    verdicts.add(
        new Verdict(1, new SampledKey(key(key)), finding, false, false, false, 0.5, row(1)));
  }

  private static Verdict same(String key, boolean expired) {
    return new Verdict(1, new SampledKey(key(key)), null, expired, false, false, 0, null);
  }

  private StoredRow serve(ViewPlan view, String key, long asOfMillis) {
    Version version = new Version(1, asOfMillis, 1);
    EntityRef entity = new EntityRef(view.view().project(), view.view().entity(), key(key));
    store.upsert(List.of(new Upsert(entity, 1, version, row(2), 60_000)));
    return new StoredRow(version, row(2));
  }

  private static byte[] key(String origin) {
    return new EntityKeyCodec(List.of(Column.required("origin", ValueType.STRING)))
        .encode(new Object[] {origin});
  }

  private static byte[] row(long count) {
    return RowCodec.ofScalars(List.of(ValueType.TIMESTAMP, ValueType.INT64))
        .encode(new Object[] {Instant.EPOCH, count});
  }

  private static ViewPlan view(Tier tier, Delivery delivery) {
    BoundView view =
        new BoundView(
            "flights",
            "delays",
            "airport",
            List.of(Column.required("origin", ValueType.STRING)),
            "departures",
            List.of("origin"),
            null,
            List.of(),
            List.of(
                new FeaturePlan(
                    "departures",
                    Aggregation.COUNT,
                    FeaturePlan.NO_INPUT,
                    Window.ofMillis(3_600_000),
                    FeatureType.scalar(ValueType.INT64))),
            delivery,
            60_000,
            0,
            0);
    return ViewPlan.live(view, 1, tier, 1);
  }
}
