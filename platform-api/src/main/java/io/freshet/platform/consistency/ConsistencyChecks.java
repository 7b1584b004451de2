package io.freshet.platform.consistency;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violations;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun;
import io.freshet.platform.schedule.ConsistencyRuns;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of what users ask for a run of the batch engine. */
@Component
class ConsistencyChecks {
  private final RegistryReads registry;
  private final LiveViews liveViews;
  private final ConsistencyRuns runs;
  private final ConsistencySettings settings;

  ConsistencyChecks(
      RegistryReads registry,
      LiveViews liveViews,
      ConsistencyRuns runs,
      ConsistencySettings settings) {
    this.registry = registry;
    this.liveViews = liveViews;
    this.runs = runs;
    this.settings = settings;
  }

  /**
   * Stores that a check is wanted.
   *
   * @throws RequestRefusedException if there is no such project or source
   * @throws InvalidInputException with every fault of the request
   */
  BatchRun request(String project, String source, ConsistencyRequest request) {
    SourceViews found = source(project, source);
    Violations faults = new Violations();
    List<ViewPlan> views = views(found, request.views(), faults);
    int sampleOneIn = sampleOneIn(request.sampleOneIn(), faults);
    faults.throwIfAny("the consistency check");
    return runs.request(found, views, sampleOneIn);
  }

  private SourceViews source(String project, String name) {
    String known = registry.source(project, name).name();
    return liveViews.bySource().stream()
        .filter(source -> source.source().project().equals(project))
        .filter(source -> source.source().name().equals(known))
        .findFirst()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    Refusal.NOT_NOW,
                    "Cannot check source %s: it was deleted just now".formatted(name)));
  }

  private static List<ViewPlan> views(
      SourceViews source, @Nullable List<@Nullable String> names, Violations faults) {
    Map<String, ViewPlan> known =
        source.views().stream()
            .collect(Collectors.toMap(plan -> plan.view().name(), Function.identity()));
    if (known.isEmpty()) {
      faults.add("views", "source %s has no views".formatted(source.source().name()));
    }
    if (names == null) {
      return source.views();
    }
    if (names.isEmpty()) {
      faults.add("views", "name a view at least, or leave views out to check all");
    }
    Map<String, ViewPlan> chosen = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      ViewPlan view = name == null ? null : known.get(name);
      if (name == null || view == null) {
        faults.add(
            "views[" + i + "]",
            "%s is no view of source %s: it has %s"
                .formatted(name, source.source().name(), new TreeSet<>(known.keySet())));
      } else {
        chosen.put(name, view);
      }
    }
    return List.copyOf(chosen.values());
  }

  private int sampleOneIn(@Nullable Integer asked, Violations faults) {
    int sampleOneIn = asked == null ? settings.sampleOneIn() : asked;
    if (sampleOneIn < 1 || sampleOneIn > ConsistencySettings.MOST_ONE_IN) {
      faults.add(
          "sampleOneIn",
          "%d is out of range: choose a number from 1 to %d"
              .formatted(sampleOneIn, ConsistencySettings.MOST_ONE_IN));
    }
    return sampleOneIn;
  }
}
