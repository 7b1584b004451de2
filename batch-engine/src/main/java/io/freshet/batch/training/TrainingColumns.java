package io.freshet.batch.training;

import io.freshet.batch.table.SparkColumns;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.FeatureType;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** The features of a training set as columns: {@code view__feature}. */
final class TrainingColumns {
  private TrainingColumns() {}

  /** Those of the views in the plan's order, then those of the on-demand views. */
  static List<StructField> of(TrainingSetPlan plan) {
    List<StructField> columns = new ArrayList<>();
    for (ViewPlan view : views(plan)) {
      BoundView bound = view.view();
      for (FeaturePlan feature : bound.features()) {
        columns.add(column(bound.name(), feature.name(), feature.resultType()));
      }
    }
    for (OnDemandPlan view : plan.onDemand()) {
      for (OnDemandFeature feature : view.features()) {
        columns.add(column(view.name(), feature.name(), FeatureType.scalar(feature.type())));
      }
    }
    return columns;
  }

  /** The views of all sources. */
  static List<ViewPlan> views(TrainingSetPlan plan) {
    return plan.sources().stream().flatMap(part -> part.views().stream()).toList();
  }

  private static StructField column(String view, String feature, FeatureType type) {
    return new StructField(
        view + "__" + feature, SparkColumns.typeOf(type), true, Metadata.empty());
  }
}
