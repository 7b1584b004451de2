package io.freshet.streaming.log;

import io.freshet.plan.BoundView;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A view's row as a record of its topic. The key is the entity's canonical bytes; the value is a
 * JSON object of {@code view}, {@code number}, {@code epoch}, {@code asOf}, {@code sequence},
 * {@code keys}, {@code eventTime} and {@code features}. Times are ISO 8601, numbers that JSON does
 * not have are texts, as {@code "NaN"}.
 */
final class LogJson {
  private static final JsonMapper JSON = new JsonMapper();

  private final BoundView view;
  private final String topic;
  private final EntityKeyCodec keys;
  private final RowCodec rows;

  LogJson(ViewPlan plan, String topic) {
    this.view = plan.view();
    this.topic = topic;
    this.keys = new EntityKeyCodec(view.joinKeys());
    this.rows = new RowCodec(view.rowTypes());
  }

  LogRecord record(Upsert row) {
    @Nullable Object[] key = keys.decode(row.entity().key());
    @Nullable Object[] values = rows.decode(ByteBuffer.wrap(row.row()));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("view", view.name());
    json.put("number", row.view());
    json.put("epoch", Integer.toUnsignedLong(row.version().epoch()));
    json.put("asOf", Instant.ofEpochMilli(row.version().asOfMillis()).toString());
    json.put("sequence", Integer.toUnsignedLong(row.version().sequence()));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < key.length; i++) {
      named.put(view.joinKeys().get(i).name(), plain(key[i]));
    }
    json.put("keys", named);
    json.put("eventTime", plain(values[0]));
    Map<String, @Nullable Object> features = new LinkedHashMap<>();
    for (int i = 0; i < view.features().size(); i++) {
      features.put(view.features().get(i).name(), plain(values[i + 1]));
    }
    json.put("features", features);
    return new LogRecord(topic, row.entity().key(), JSON.writeValueAsBytes(json));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Instant time) {
      return time.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(LogJson::plain).toList();
    }
    return value;
  }
}
