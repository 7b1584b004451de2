package io.freshet.platform.lookup;

import io.freshet.error.Violations;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreReader;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers lookups: the progress of the views, then one read of the online store. */
@Component
class Lookup {
  private final LookupPlans plans;
  private final OnlineStoreReader store;
  private final ProgressMemory progress;
  private final LookupSettings limits;
  private final Clock clock;

  Lookup(
      LookupPlans plans,
      OnlineStoreReader store,
      ProgressMemory progress,
      LookupSettings limits,
      Clock clock) {
    this.plans = plans;
    this.store = store;
    this.progress = progress;
    this.limits = limits;
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
    List<Map<String, @Nullable Object>> entities = rowsOf(request);
    List<EntityRef> keys = keys(plan, entities);
    // Progress first: rows that are read after it are at least as far.
    @Nullable ViewProgress[] progressOfViews = progress.of(project, plan.numbers());
    @Nullable StoredRow[][] rows =
        keys.isEmpty() ? new StoredRow[0][] : store.read(keys, plan.numbers());
    return answer(plan, entities.size(), rows, progressOfViews);
  }

  private LookupAnswer answer(
      LookupPlan plan,
      int entities,
      @Nullable StoredRow[][] rows,
      @Nullable ViewProgress[] progressOfViews) {
    long now = clock.millis();
    AnswerRows answers = new AnswerRows(plan, now);
    List<LookupAnswer.Row> results = new ArrayList<>(entities);
    for (int entity = 0; entity < entities; entity++) {
      results.add(answers.row(rows, entity, entities));
    }
    List<ViewFreshness> views = new ArrayList<>(plan.views().size());
    for (int i = 0; i < plan.views().size(); i++) {
      views.add(ViewFreshness.of(plan.views().get(i), progressOfViews[i], now));
    }
    return new LookupAnswer(plan.names(), plan.types(), results, views, plan.unknown());
  }

  /** The keys of every row for the plan's first entity, then for its second, and so on. */
  private static List<EntityRef> keys(
      LookupPlan plan, List<Map<String, @Nullable Object>> entities) {
    Violations faults = new Violations();
    List<EntityRef> keys = new ArrayList<>(plan.entities().size() * entities.size());
    for (EntityKeyReader reader : plan.entities()) {
      for (int row = 0; row < entities.size(); row++) {
        EntityRef key = reader.read(entities.get(row), "entities[" + row + "]", faults);
        if (key != null) {
          keys.add(key);
        }
      }
    }
    faults.throwIfAny("the lookup");
    return keys;
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
