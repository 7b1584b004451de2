package io.freshet.event;

import io.freshet.expression.Expression;
import io.freshet.expression.Expressions;
import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.value.EntityKeyCodec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes from an event what a view needs: its filter, its key and its inputs. Thread-safe. */
public final class ViewProjection {
  private static final int NO_ID = -1;

  private final @Nullable Expression filter;
  private final int[] keyColumns;
  private final EntityKeyCodec keys;
  private final List<Expression> inputs;
  private final int idColumn;

  private ViewProjection(
      @Nullable Expression filter,
      int[] keyColumns,
      EntityKeyCodec keys,
      List<Expression> inputs,
      int idColumn) {
    this.filter = filter;
    this.keyColumns = keyColumns;
    this.keys = keys;
    this.inputs = inputs;
    this.idColumn = idColumn;
  }

  public static ViewProjection of(BoundView view, SourcePlan source) {
    Expressions expressions = Expressions.over(source.columns());
    String filter = view.filter();
    Deduplication copies = source.deduplication();
    return new ViewProjection(
        filter == null ? null : expressions.compile(filter),
        view.keyColumns().stream().mapToInt(source::columnIndex).toArray(),
        new EntityKeyCodec(view.joinKeys()),
        view.inputs().stream().map(input -> expressions.compile(input.expression())).toList(),
        copies == null ? NO_ID : source.columnIndex(copies.id()));
  }

  /**
   * @return empty if the filter does not pass the event or a join key is null
   * @throws io.freshet.expression.ExpressionFailedException if an expression fails on this event
   */
  public Optional<ViewInput> project(Event event) {
    @Nullable Object[] row = event.values();
    if (filter != null && !Boolean.TRUE.equals(filter.evaluate(row))) {
      return Optional.empty();
    }
    @Nullable Object[] key = new @Nullable Object[keyColumns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row[keyColumns[i]];
      if (key[i] == null) {
        return Optional.empty();
      }
    }
    @Nullable Object[] values = new @Nullable Object[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = inputs.get(i).evaluate(row);
    }
    return Optional.of(new ViewInput(keys.encode(key), event.timeMillis(), values, id(row)));
  }

  private @Nullable String id(@Nullable Object[] row) {
    Object id = idColumn == NO_ID ? null : row[idColumn];
    return id == null ? null : id.toString();
  }
}
