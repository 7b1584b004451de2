package io.freshet.oracle;

import io.freshet.oracle.RandomCase.Arrival;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The source of random cases: how an event of one is written as JSON, and which events its filters
 * pass.
 */
public final class RandomSource {
  private static final int INT64 = 0;
  private static final int FLOAT64 = 1;
  private static final int STRING = 2;
  private static final int BOOLEAN = 3;
  private static final int TIMESTAMP = 4;

  private static final String IS_TRUE = "c_boolean";
  private static final String NOT_NEGATIVE = "c_int64 >= 0";
  private static final String NOT_A = "c_string != 'a'";
  private static final List<String> FILTERS = List.of(IS_TRUE, NOT_NEGATIVE, NOT_A);

  private static final JsonMapper JSON = new JsonMapper();

  private RandomSource() {}

  private static List<Column> columns() {
    return List.of(
        Column.required("at", ValueType.TIMESTAMP),
        Column.optional("c_int64", ValueType.INT64),
        Column.optional("c_float64", ValueType.FLOAT64),
        Column.optional("c_divisor", ValueType.FLOAT64),
        Column.optional("c_string", ValueType.STRING),
        Column.optional("c_boolean", ValueType.BOOLEAN),
        Column.optional("c_timestamp", ValueType.TIMESTAMP),
        Column.optional("id", ValueType.STRING));
  }

  /**
   * @param keyColumns columns of strings, any of which a view may take its key from
   */
  public static SourcePlan plan(
      List<String> keyColumns, long maxDisorderMillis, @Nullable Deduplication copies) {
    List<Column> columns =
        Stream.concat(
                columns().stream(),
                keyColumns.stream().map(name -> Column.optional(name, ValueType.STRING)))
            .toList();
    return new SourcePlan(
        "random",
        "source",
        columns,
        "at",
        "random.source",
        maxDisorderMillis,
        Duration.ofDays(1).toMillis(),
        null,
        copies);
  }

  static @Nullable String filter(Random random) {
    int drawn = random.nextInt(2 * FILTERS.size());
    return drawn < FILTERS.size() ? FILTERS.get(drawn) : null;
  }

  /** Whether a filter that was drawn here passes an event: a value that is null does not. */
  static boolean passes(@Nullable String filter, OracleEvent event) {
    if (filter == null) {
      return true;
    }
    return switch (filter) {
      case IS_TRUE -> Boolean.TRUE.equals(event.inputs()[BOOLEAN]);
      case NOT_NEGATIVE -> event.inputs()[INT64] instanceof Long number && number >= 0;
      case NOT_A -> event.inputs()[STRING] instanceof String text && !text.equals("a");
      default -> throw new IllegalArgumentException("no filter of random cases: " + filter);
    };
  }

  /** The event as a JSON object, UTF-8, with its key in a column. */
  public static byte[] json(String keyColumn, Arrival arrival) {
    OracleEvent event = arrival.event();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("at", event.timeMillis());
    members.put(keyColumn, arrival.key());
    members.put("id", arrival.id());
    members.put("c_int64", event.inputs()[INT64]);
    if (event.inputs()[FLOAT64] instanceof Double value) {
      boolean finite = Double.isFinite(value);
      members.put("c_float64", finite ? value : Double.isNaN(value) ? 0.0 : Math.signum(value));
      members.put("c_divisor", finite ? 1.0 : 0.0);
    }
    members.put("c_string", event.inputs()[STRING]);
    members.put("c_boolean", event.inputs()[BOOLEAN]);
    Object time = event.inputs()[TIMESTAMP];
    members.put("c_timestamp", time instanceof Instant instant ? instant.toString() : null);
    return JSON.writeValueAsBytes(members);
  }

  /** The inputs that are not null, by their names. */
  static String text(@Nullable Object[] inputs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] != null) {
        String name = RandomView.INPUTS.get(i).type().wireName();
        text.append(' ').append(name).append('=').append(inputs[i]);
      }
    }
    return text.toString();
  }

  /** The same inputs with one of them changed. */
  static @Nullable Object[] changed(@Nullable Object[] inputs, int at, @Nullable Object value) {
    @Nullable Object[] changed = Arrays.copyOf(inputs, inputs.length);
    changed[at] = value;
    return changed;
  }
}
