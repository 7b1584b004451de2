package io.freshet.platform.status;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.LiveViews;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreReader;
import io.freshet.store.ViewProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Looks at the progress of views in the online store. */
@Component
class ViewSampler {
  private final LiveViews liveViews;
  private final OnlineStoreReader store;

  ViewSampler(LiveViews liveViews, OnlineStoreReader store) {
    this.liveViews = liveViews;
    this.store = store;
  }

  /** The live views that have progress; none while the store is out of reach. */
  List<ViewSample> sample() {
    Map<String, List<ViewPlan>> byProject =
        liveViews.bySource().stream()
            .flatMap(source -> source.views().stream())
            .collect(Collectors.groupingBy(plan -> plan.view().project()));
    List<ViewSample> samples = new ArrayList<>();
    byProject.forEach((project, views) -> samples.addAll(sample(project, views)));
    return samples;
  }

  List<ViewSample> sample(String project, List<ViewPlan> views) {
    int[] numbers = views.stream().mapToInt(ViewPlan::number).toArray();
    try {
      Map<Integer, ViewProgress> progress = store.progress(project, numbers);
      List<ViewSample> samples = new ArrayList<>();
      for (ViewPlan view : views) {
        ViewProgress seen = progress.get(view.number());
        if (seen != null) {
          samples.add(new ViewSample(view, seen.completeThroughMillis()));
        }
      }
      return samples;
    } catch (OnlineStoreException unreachable) {
      return List.of();
    }
  }
}
