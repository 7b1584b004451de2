package io.freshet.batch.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.materialize.TakenEvents;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.OfSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The views of one source that labels ask, as tasks get them: as text.
 *
 * @param planJson the {@link TrainingSetPlan}
 * @param source the index of the source in it
 * @param firstMillis the time of the first label
 * @param lastMillis that of the last
 */
record AskedSource(String planJson, int source, long firstMillis, long lastMillis)
    implements Serializable {
  TrainingSetPlan plan() {
    return PlanCodec.decode(planJson.getBytes(UTF_8), TrainingSetPlan.class);
  }

  SourcePlan sourcePlan() {
    return plan().sources().get(source).source();
  }

  List<AskedView> views() {
    return views(plan()).get(source);
  }

  /** Which events are needed, a view. */
  List<TakenEvents> taken() {
    return views().stream().map(view -> view.taken(firstMillis, lastMillis)).toList();
  }

  List<AskedGroup> groups() {
    return groups(plan()).get(source);
  }

  /** The groups of each source, numbered through. */
  static List<List<AskedGroup>> groups(TrainingSetPlan plan) {
    List<List<AskedGroup>> bySource = new ArrayList<>();
    int index = 0;
    for (List<AskedView> views : views(plan)) {
      List<AskedGroup> groups = AskedGroup.of(views, index);
      bySource.add(groups);
      index += groups.size();
    }
    return bySource;
  }

  /** The views of each source, numbered through. */
  static List<List<AskedView>> views(TrainingSetPlan plan) {
    List<List<AskedView>> bySource = new ArrayList<>();
    int index = 0;
    for (OfSource part : plan.sources()) {
      List<AskedView> views = new ArrayList<>();
      for (var view : part.views()) {
        views.add(new AskedView(index++, view, plan.mode(), part.rule(plan.mode(), view)));
      }
      bySource.add(views);
    }
    return bySource;
  }
}
