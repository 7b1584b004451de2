package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.util.VectorUtils;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.streaming.log.delta.LogFileWriter;
import io.freshet.streaming.log.delta.LogTable;
import io.freshet.value.Column;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.FeatureType;
import io.freshet.value.RowCodec;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTableTest {
  private static final String APPLICATION = "freshet-stream/types/departures/exactly_once/a.0";
  private static final long BEFORE_MIDNIGHT =
      Instant.parse("2026-03-01T23:59:59.999Z").toEpochMilli();
  private static final SourcePlan SOURCE = Flights.source("types");

  @Test
  void everyTypeOfValueIsInItsColumn(@TempDir Path warehouse) throws Exception {
    ViewPlan view = view();
    Instant time = Instant.parse("2026-03-01T10:00:00.123Z");
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put("late", 3L);
    counts.put("on time", 4L);
    Upsert full =
        upsert(
            view,
            BEFORE_MIDNIGHT,
            time,
            7L,
            List.of(0.5, Double.NaN),
            List.of(time),
            counts,
            true,
            "häuser");
    Upsert empty = upsert(view, BEFORE_MIDNIGHT + 1, null, 0L, null, null, null, null, null);
    String path = LogTable.pathOf(warehouse.toString(), SOURCE, view.number());
    LogTable table = LogTable.at(path);
    List<String> actions = new LogFileWriter(table, view.view()).write(List.of(full, empty));
    LogFolder folder = new LogFolder(warehouse, SOURCE, view);
    assertThat(folder.read()).isEmpty();

    table.commit(APPLICATION, 5, actions);

    assertThat(table.newestVersion(APPLICATION)).hasValue(5);
    assertThat(folder.files()).as("one a date").isEqualTo(2);
    List<Row> rows = new ArrayList<>(folder.read());
    rows.sort((one, other) -> Long.compare(one.getLong(1), other.getLong(1)));
    Row first = rows.get(0);
    assertThat(first.getInt(0)).isEqualTo((int) (BEFORE_MIDNIGHT / 86_400_000));
    assertThat(first.getLong(1)).isEqualTo(BEFORE_MIDNIGHT * 1_000);
    assertThat(first.getLong(2)).isEqualTo(4_294_967_295L);
    assertThat(first.getStruct(4).getString(0)).isEqualTo("ATL");
    assertThat(first.getLong(5)).isEqualTo(time.toEpochMilli() * 1_000);
    Row features = first.getStruct(6);
    assertThat(features.getLong(0)).isEqualTo(7);
    assertThat(VectorUtils.<Double>toJavaList(features.getArray(1)))
        .isEqualTo(List.of(0.5, Double.NaN));
    assertThat(VectorUtils.<Long>toJavaList(features.getArray(2)))
        .containsExactly(time.toEpochMilli() * 1_000);
    assertThat(VectorUtils.<String, Long>toJavaMap(features.getMap(3))).isEqualTo(counts);
    assertThat(features.getBoolean(4)).isTrue();
    assertThat(features.getString(5)).isEqualTo("häuser");
    Row second = rows.get(1);
    assertThat(second.getInt(0)).isEqualTo(first.getInt(0) + 1);
    assertThat(second.isNullAt(5)).isTrue();
    assertThat(second.getStruct(6).getLong(0)).isZero();
    assertThat(second.getStruct(6).isNullAt(3)).isTrue();
  }

  @Test
  void theTableHasTheColumnsThatTheBatchEngineGivesIt(@TempDir Path warehouse) throws Exception {
    ViewPlan view = view();
    LogTable table = LogTable.at(LogTable.pathOf(warehouse.toString(), SOURCE, view.number()));
    Upsert row = upsert(view, 0, null, 0L, null, null, null, null, null);
    table.commit(APPLICATION, 1, new LogFileWriter(table, view.view()).write(List.of(row)));

    assertThat(new LogFolder(warehouse, SOURCE, view).schemaJson())
        .isEqualTo(
            "{\"type\":\"struct\",\"fields\":["
                + field("as_of_date", "\"date\"")
                + ","
                + field("as_of", "\"timestamp\"")
                + ","
                + field("epoch", "\"long\"")
                + ","
                + field("sequence", "\"long\"")
                + ","
                + field("keys", struct(field("origin", "\"string\"")))
                + ","
                + field("newest_event", "\"timestamp\"")
                + ","
                + field(
                    "features",
                    struct(
                        field("f0", "\"long\""),
                        field("f1", list("double")),
                        field("f2", list("timestamp")),
                        field(
                            "f3",
                            "{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"long\",\"valueContainsNull\":false}"),
                        field("f4", "\"boolean\""),
                        field("f5", "\"string\"")))
                + "]}");
  }

  private static String field(String name, String type) {
    return "{\"name\":\"%s\",\"type\":%s,\"nullable\":true,\"metadata\":{}}".formatted(name, type);
  }

  private static String struct(String... fields) {
    return "{\"type\":\"struct\",\"fields\":[" + String.join(",", fields) + "]}";
  }

  private static String list(String element) {
    return "{\"type\":\"array\",\"elementType\":\"%s\",\"containsNull\":false}".formatted(element);
  }

  private static Upsert upsert(ViewPlan view, long asOfMillis, @Nullable Object... row) {
    byte[] key = new EntityKeyCodec(view.view().joinKeys()).encode(new Object[] {"ATL"});
    return new Upsert(
        new EntityRef("types", "airport", key),
        view.number(),
        new Version(-1, asOfMillis, 1),
        new RowCodec(view.view().rowTypes()).encode(row),
        Flights.TTL_MILLIS);
  }

  private static ViewPlan view() {
    List<FeatureType> types =
        List.of(
            FeatureType.scalar(ValueType.INT64),
            FeatureType.listOf(ValueType.FLOAT64),
            FeatureType.listOf(ValueType.TIMESTAMP),
            FeatureType.COUNTS,
            FeatureType.scalar(ValueType.BOOLEAN),
            FeatureType.scalar(ValueType.STRING));
    List<FeaturePlan> features = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      features.add(
          new FeaturePlan(
              "f" + i,
              Aggregation.COUNT,
              FeaturePlan.NO_INPUT,
              Window.ofMillis(60_000),
              types.get(i)));
    }
    BoundView view =
        new BoundView(
            "types",
            "all",
            "airport",
            List.of(Column.required("origin", ValueType.STRING)),
            "departures",
            List.of("origin"),
            null,
            List.of(),
            features,
            Delivery.EXACTLY_ONCE,
            Flights.TTL_MILLIS,
            0,
            10_000);
    return ViewPlan.live(view, 1, Tier.STREAMING, -1);
  }
}
