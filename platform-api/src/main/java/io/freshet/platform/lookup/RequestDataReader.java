package io.freshet.platform.lookup;

import io.freshet.error.Violations;
import io.freshet.plan.OnDemandPlan;
import io.freshet.value.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an on-demand view takes from a row of a request. Immutable and thread-safe. */
final class RequestDataReader {
  private final String view;
  private final List<Column> columns;

  RequestDataReader(OnDemandPlan plan) {
    this.view = plan.name();
    this.columns = plan.request();
  }

  /**
   * @param path of the row, for violations, to which every missing or mistyped member is added
   * @return one value a column, in their order; null where there is none
   */
  @Nullable Object[] read(Map<String, @Nullable Object> row, String path, Violations faults) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      Object given = row.get(column.name());
      values[i] = given == null ? null : GivenValue.of(given, column.type());
      if (values[i] == null && (given != null || column.presence() == Column.Presence.REQUIRED)) {
        faults.add(path + "." + column.name(), fault(column, given));
      }
    }
    return values;
  }

  private String fault(Column column, @Nullable Object given) {
    String wanted =
        "on-demand view %s takes %s of type %s"
            .formatted(view, column.name(), column.type().wireName());
    return given == null
        ? "Cannot compute it: " + wanted + ", which the row lacks, add it"
        : "Cannot compute it: " + wanted + ", but the row has " + given + ", correct it";
  }
}
