package io.freshet.platform.lookup;

import io.freshet.ondemand.OnDemandValue;
import io.freshet.platform.lookup.LookupPlan.Computed;
import io.freshet.platform.lookup.LookupPlan.FeatureColumn;
import io.freshet.platform.lookup.LookupPlan.Stored;
import io.freshet.store.StoredRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the rows of an answer from the rows of the online store and of the request. */
final class AnswerRows {
  private final LookupPlan plan;
  private final RequestRows request;
  private final Instant now;
  private final OnDemandFailures failures = new OnDemandFailures();

  AnswerRows(LookupPlan plan, RequestRows request, Instant now) {
    this.plan = plan;
    this.request = request;
    this.now = now;
  }

  /**
   * @param stored by entity type, then by row of the request, then by view
   */
  List<LookupAnswer.Row> all(@Nullable StoredRow[][] stored) {
    List<LookupAnswer.Row> rows = new ArrayList<>(request.size());
    for (int row = 0; row < request.size(); row++) {
      @Nullable ReadView[] views = views(stored, row);
      rows.add(row(views, computed(views, row)));
    }
    return rows;
  }

  /** Of the rows that were made so far. */
  OnDemandFailures failures() {
    return failures;
  }

  private @Nullable ReadView[] views(@Nullable StoredRow[][] stored, int row) {
    @Nullable ReadView[] views = new @Nullable ReadView[plan.views().size()];
    for (int i = 0; i < views.length; i++) {
      ServedView view = plan.views().get(i);
      StoredRow found = stored[view.entity() * request.size() + row][i];
      views[i] = found == null ? null : ReadView.of(view, found, now.toEpochMilli());
    }
    return views;
  }

  private List<List<OnDemandValue>> computed(@Nullable ReadView[] views, int row) {
    List<List<OnDemandValue>> computed = new ArrayList<>(plan.onDemand().size());
    for (int i = 0; i < plan.onDemand().size(); i++) {
      ServedOnDemand view = plan.onDemand().get(i);
      List<OnDemandValue> values =
          view.features().evaluate(inputs(view, views), request.data().get(i).get(row), now);
      noteFailures(view, values, row);
      computed.add(values);
    }
    return computed;
  }

  private static List<@Nullable Object @Nullable []> inputs(
      ServedOnDemand onDemand, @Nullable ReadView[] views) {
    List<@Nullable Object @Nullable []> inputs = new ArrayList<>(onDemand.views().length);
    for (int view : onDemand.views()) {
      ReadView read = views[view];
      inputs.add(read == null ? null : read.features());
    }
    return inputs;
  }

  private void noteFailures(ServedOnDemand view, List<OnDemandValue> values, int row) {
    for (int i = 0; i < values.size(); i++) {
      String failure = values.get(i).failure();
      if (failure != null) {
        failures.add(view.name(), view.features().plan().features().get(i).name(), row, failure);
      }
    }
  }

  private LookupAnswer.Row row(@Nullable ReadView[] views, List<List<OnDemandValue>> computed) {
    RowDraft row = new RowDraft(plan.columns().size());
    for (int i = 0; i < plan.columns().size(); i++) {
      FeatureColumn column = plan.columns().get(i);
      if (column instanceof Stored stored) {
        row.putStored(i, views[stored.view()], stored.position());
      } else if (column instanceof Computed feature) {
        row.putComputed(i, computed.get(feature.onDemand()).get(feature.feature()).value(), now);
      }
    }
    return row.complete();
  }
}
