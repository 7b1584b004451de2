package io.freshet.batch.training;

import io.freshet.batch.table.SparkColumns;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.value.FeatureType;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** The features of a training set as columns: {@code view__feature}. */
final class TrainingColumns {
  private TrainingColumns() {}

  /**
   * A feature that is wanted.
   *
   * @param name {@code view.feature}
   * @param origin what kind of view it is of
   * @param view its index among those of its kind
   * @param position in the view's features
   */
  record Wanted(String name, FeatureType type, Origin origin, int view, int position) {
    StructField column() {
      return new StructField(
          name.replace(".", "__"), SparkColumns.typeOf(type), true, Metadata.empty());
    }
  }

  /** Where a feature comes from. */
  enum Origin {
    EVENTS,
    ON_DEMAND
  }

  /** In the plan's order. */
  static List<StructField> of(TrainingSetPlan plan) {
    return wanted(plan).stream().map(Wanted::column).toList();
  }

  /**
   * In the plan's order.
   *
   * @throws IllegalArgumentException if the plan has no view with a feature that it wants
   */
  static List<Wanted> wanted(TrainingSetPlan plan) {
    List<Wanted> known = known(plan);
    return plan.features().stream().map(name -> find(known, name)).toList();
  }

  private static Wanted find(List<Wanted> known, String name) {
    return known.stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("feature " + name + " is of no view of the plan"));
  }

  private static List<Wanted> known(TrainingSetPlan plan) {
    List<Wanted> known = new ArrayList<>();
    for (List<AskedView> views : AskedSource.views(plan)) {
      for (AskedView view : views) {
        List<FeaturePlan> features = view.view().features();
        for (int i = 0; i < features.size(); i++) {
          FeaturePlan feature = features.get(i);
          String name = view.view().name() + "." + feature.name();
          known.add(new Wanted(name, feature.resultType(), Origin.EVENTS, view.index(), i));
        }
      }
    }
    for (int at = 0; at < plan.onDemand().size(); at++) {
      OnDemandPlan view = plan.onDemand().get(at);
      for (int i = 0; i < view.features().size(); i++) {
        OnDemandFeature feature = view.features().get(i);
        FeatureType type = FeatureType.scalar(feature.type());
        known.add(new Wanted(view.name() + "." + feature.name(), type, Origin.ON_DEMAND, at, i));
      }
    }
    return known;
  }
}
