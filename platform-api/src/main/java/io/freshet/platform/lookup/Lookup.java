package io.freshet.platform.lookup;

import io.freshet.store.OnlineStoreReader;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers lookups: the progress of the views, then one read of the online store, then what is
 * computed on demand.
 */
@Component
class Lookup {
  private final LookupPlans plans;
  private final OnlineStoreReader store;
  private final ProgressMemory progress;
  private final LookupSettings limits;
  private final LookupMetrics metrics;
  private final Clock clock;

  Lookup(
      LookupPlans plans,
      OnlineStoreReader store,
      ProgressMemory progress,
      LookupSettings limits,
      LookupMetrics metrics,
      Clock clock) {
    this.plans = plans;
    this.store = store;
    this.progress = progress;
    this.limits = limits;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * @throws io.freshet.error.InvalidInputException with every fault of the request
   * @throws io.freshet.platform.web.RequestRefusedException if the project or service is unknown
   * @throws io.freshet.store.OnlineStoreException if the online store does not answer
   */
  LookupAnswer answer(String project, LookupRequest request) {
    RequestCheck.check(request, limits);
    LookupPlan plan = plans.plan(selection(project, request));
    RequestRows rows = RequestRows.read(plan, rowsOf(request));
    // Progress first: rows that are read after it are at least as far.
    @Nullable ViewProgress[] progressOfViews = progress.of(project, plan.numbers());
    @Nullable StoredRow[][] stored =
        rows.keys().isEmpty() ? new StoredRow[0][] : store.read(rows.keys(), plan.numbers());
    Instant now = Instant.ofEpochMilli(clock.millis());
    AnswerRows answers = new AnswerRows(plan, rows, now);
    LookupAnswer answer = answer(plan, answers, stored, progressOfViews, now);
    metrics.failed(project, answers.failures().countByView());
    return answer;
  }

  private static LookupAnswer answer(
      LookupPlan plan,
      AnswerRows answers,
      @Nullable StoredRow[][] stored,
      @Nullable ViewProgress[] progressOfViews,
      Instant now) {
    List<LookupAnswer.Row> results = answers.all(stored);
    List<ViewFreshness> views = new ArrayList<>(plan.views().size());
    for (int i = 0; i < plan.views().size(); i++) {
      views.add(ViewFreshness.of(plan.views().get(i), progressOfViews[i], now.toEpochMilli()));
    }
    return new LookupAnswer(
        plan.names(), plan.types(), results, views, plan.unknown(), answers.failures().shown());
  }

  private static Selection selection(String project, LookupRequest request) {
    List<@Nullable String> features = request.features();
    return new Selection(
        project,
        request.service(),
        features == null ? List.of() : features.stream().filter(Objects::nonNull).toList());
  }

  private static List<Map<String, @Nullable Object>> rowsOf(LookupRequest request) {
    List<@Nullable Map<String, @Nullable Object>> rows = request.entities();
    return rows == null ? List.of() : rows.stream().filter(Objects::nonNull).toList();
  }
}
