package io.freshet.batch.consistency;

import static java.util.Objects.requireNonNull;

import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.ConsistencyResult.Example;
import io.freshet.plan.ConsistencyResult.Finding;
import io.freshet.plan.ConsistencyResult.Mismatched;
import io.freshet.plan.ConsistencyResult.Skip;
import io.freshet.plan.ConsistencyResult.ViewResult;
import io.freshet.plan.Delivery;
import io.freshet.plan.Engine;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.StoredRow;
import io.freshet.store.Version;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was found of a view's keys. A key that differs is looked at again: it says nothing if
 * its row has changed meanwhile.
 */
final class ViewTally {
  private final ViewScope scope;
  private final Map<SampledKey, StoredRow> served;
  private final Map<Finding, Long> findings = new EnumMap<>(Finding.class);
  private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
  private final List<Example> examples = new ArrayList<>();
  private long equal;
  private long partly;
  private double worst;

  /**
   * @param served the rows that were compared
   */
  ViewTally(ViewScope scope, Map<SampledKey, StoredRow> served) {
    this.scope = scope;
    this.served = served;
  }

  ViewResult result(List<Verdict> verdicts, OnlineStore store) {
    List<Verdict> differing =
        verdicts.stream().filter(verdict -> verdict.finding() != null).toList();
    Map<SampledKey, StoredRow> now = servedNow(differing, store);
    verdicts.stream().filter(verdict -> verdict.finding() == null).forEach(this::countSame);
    differing.forEach(verdict -> count(verdict, now.get(verdict.key())));
    Mismatched mismatched =
        new Mismatched(found(Finding.WRONG), found(Finding.STALE), found(Finding.LATE));
    return new ViewResult(
        scope.view().view().name(),
        scope.view().number(),
        scope.notChecked(),
        equal + findings.values().stream().mapToLong(Long::longValue).sum(),
        equal,
        mismatched,
        found(Finding.MISSING),
        found(Finding.EXTRA),
        partly,
        skipped,
        worst,
        examples);
  }

  private Map<SampledKey, StoredRow> servedNow(List<Verdict> differing, OnlineStore store) {
    ViewPlan view = scope.view();
    List<EntityRef> entities =
        differing.stream()
            .map(verdict -> verdict.key().bytes())
            .map(key -> new EntityRef(view.view().project(), view.view().entity(), key))
            .toList();
    return ServedSample.read(store, entities, List.of(view)).getOrDefault(view.number(), Map.of());
  }

  private void countSame(Verdict verdict) {
    if (verdict.expired()) {
      skipped.merge(Skip.EXPIRED, 1L, Long::sum);
    } else {
      equal++;
      add(verdict);
    }
  }

  private void add(Verdict verdict) {
    partly += verdict.partly() ? 1 : 0;
    worst = Math.max(worst, verdict.worst());
  }

  private void count(Verdict verdict, @Nullable StoredRow now) {
    StoredRow compared = served.get(verdict.key());
    Optional<Skip> skip = skip(verdict, compared, now);
    if (skip.isPresent()) {
      skipped.merge(skip.get(), 1L, Long::sum);
      return;
    }
    add(verdict);
    findings.merge(requireNonNull(verdict.finding()), 1L, Long::sum);
    if (examples.size() < ConsistencyResult.MOST_EXAMPLES) {
      examples.add(new RowText(scope.view().view()).example(verdict, compared));
    }
  }

  private Optional<Skip> skip(
      Verdict verdict, @Nullable StoredRow compared, @Nullable StoredRow now) {
    if (!Objects.equals(version(compared), version(now))) {
      return Optional.of(Skip.CHANGED);
    }
    if (verdict.unsettled()) {
      return Optional.of(Skip.UNSETTLED);
    }
    boolean mayCountTwice =
        compared != null
            && scope.view().tier().engine() == Engine.STREAMING
            && scope.view().view().delivery() == Delivery.AT_LEAST_ONCE;
    return mayCountTwice ? Optional.of(Skip.COUNTED_AT_LEAST_ONCE) : Optional.empty();
  }

  private static @Nullable Version version(@Nullable StoredRow row) {
    return row == null ? null : row.version();
  }

  private long found(Finding finding) {
    return findings.getOrDefault(finding, 0L);
  }
}
