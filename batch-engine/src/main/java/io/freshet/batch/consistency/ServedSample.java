package io.freshet.batch.consistency;

import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the online store serves of the sampled keys. The progress of the views was read before the
 * rows: they hold every event before it that did not come late.
 *
 * @param progress by number of the view; a view without one is absent
 * @param rows by number of the view, then by key
 */
public record ServedSample(
    Map<Integer, ViewProgress> progress, Map<Integer, Map<SampledKey, StoredRow>> rows) {
  /** Of one kind of entity: more would not fit the driver. */
  private static final int MOST_KEYS = 500_000;

  private static final int KEYS_A_READ = 500;

  public ServedSample {
    progress = Map.copyOf(progress);
    rows = Map.copyOf(rows);
  }

  /**
   * Looks at every key of the store.
   *
   * @throws io.freshet.store.OnlineStoreException if the store does not answer, or there are too
   *     many sampled keys
   */
  public static ServedSample read(OnlineStore store, ConsistencyPlan plan) {
    int[] numbers = plan.views().stream().mapToInt(ViewPlan::number).toArray();
    String project = plan.source().project();
    Map<Integer, ViewProgress> progress = store.progress(project, numbers);
    KeySample sample = new KeySample(plan.sampleOneIn());
    Map<Integer, Map<SampledKey, StoredRow>> rows = new HashMap<>();
    plan.views().stream()
        .collect(Collectors.groupingBy(view -> view.view().entity()))
        .forEach(
            (entity, views) ->
                rows.putAll(
                    read(store, store.entities(project, entity, sample::has, MOST_KEYS), views)));
    return new ServedSample(progress, rows);
  }

  /** The rows of entities, by view and key. */
  static Map<Integer, Map<SampledKey, StoredRow>> read(
      OnlineStore store, List<EntityRef> entities, List<ViewPlan> views) {
    int[] numbers = views.stream().mapToInt(ViewPlan::number).toArray();
    Map<Integer, Map<SampledKey, StoredRow>> rows = new HashMap<>();
    for (int from = 0; from < entities.size(); from += KEYS_A_READ) {
      List<EntityRef> part = entities.subList(from, Math.min(from + KEYS_A_READ, entities.size()));
      @Nullable StoredRow[][] read = store.read(part, numbers);
      for (int i = 0; i < read.length; i++) {
        SampledKey key = new SampledKey(part.get(i).key());
        for (int j = 0; j < numbers.length; j++) {
          StoredRow row = read[i][j];
          if (row != null) {
            rows.computeIfAbsent(numbers[j], view -> new HashMap<>()).put(key, row);
          }
        }
      }
    }
    return rows;
  }

  Map<SampledKey, StoredRow> rowsOf(int view) {
    return rows.getOrDefault(view, Map.of());
  }
}
