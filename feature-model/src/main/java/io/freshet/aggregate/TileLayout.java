package io.freshet.aggregate;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.Parameters;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a tile of a view keeps and where: each feature has an accumulator, which it shares with the
 * features that can be told from the same one, and each accumulator its words and objects.
 */
final class TileLayout {
  private final BoundView view;
  private final Map<Object, Integer> placed = new LinkedHashMap<>();
  private final List<Accumulator> accumulators = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Integer> ofFeature = new ArrayList<>();
  private final List<ObjectForm> objects = new ArrayList<>();
  private int words;

  private TileLayout(BoundView view) {
    this.view = view;
  }

  static TileLayout of(BoundView view) {
    TileLayout layout = new TileLayout(view);
    view.features().forEach(layout::place);
    return layout;
  }

  List<Accumulator> accumulators() {
    return List.copyOf(accumulators);
  }

  /** The input of each accumulator. */
  int[] inputs() {
    return inputs.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The accumulator of each feature. */
  int[] accumulatorOfFeature() {
    return ofFeature.stream().mapToInt(Integer::intValue).toArray();
  }

  int words() {
    return words;
  }

  /** The form of each object of a tile. */
  ObjectForm[] objects() {
    return objects.toArray(ObjectForm[]::new);
  }

  private void place(FeaturePlan feature) {
    Object shared = List.of(kept(feature), parametersOfState(feature), feature.input());
    ofFeature.add(placed.computeIfAbsent(shared, key -> append(feature)));
  }

  /** An average is told from what a sum keeps. */
  private static Aggregation kept(FeaturePlan feature) {
    return feature.aggregation() == Aggregation.AVERAGE ? Aggregation.SUM : feature.aggregation();
  }

  /** Which percentiles are asked for does not change what is kept. */
  private static Parameters parametersOfState(FeaturePlan feature) {
    return feature.aggregation() == Aggregation.APPROX_PERCENTILE
        ? Parameters.NONE
        : feature.parameters();
  }

  private int append(FeaturePlan feature) {
    Accumulator accumulator = accumulator(feature);
    accumulators.add(accumulator);
    inputs.add(feature.input());
    words += accumulator.words();
    objects.addAll(accumulator.objects());
    return accumulators.size() - 1;
  }

  private Accumulator accumulator(FeaturePlan feature) {
    Aggregation aggregation = feature.aggregation();
    if (aggregation == Aggregation.COUNT) {
      return new CountAccumulator(words);
    }
    ValueType type = view.inputs().get(feature.input()).type();
    Parameters parameters = feature.parameters();
    int object = objects.size();
    return switch (aggregation) {
      case SUM, AVERAGE ->
          type == ValueType.INT64
              ? new IntegerSumAccumulator(words)
              : new RealSumAccumulator(words);
      case VARIANCE -> new VarianceAccumulator(words);
      case MIN -> ExtremeAccumulator.least(words, ValueSlot.of(type, words + 1, object));
      case MAX -> ExtremeAccumulator.greatest(words, ValueSlot.of(type, words + 1, object));
      case FIRST -> EndAccumulator.earliest(words, ValueSlot.of(type, words + 2, object));
      case LAST -> EndAccumulator.latest(words, ValueSlot.of(type, words + 2, object));
      case FIRST_K, LAST_K, TOP_K, BOTTOM_K ->
          SelectionAccumulator.of(aggregation, parameters.k(), type, object);
      case UNIQUE_COUNT ->
          SummaryAccumulator.of(
              new DistinctValues.Rule(type, parameters.bound(), parameters.beyondBound()), object);
      case APPROX_UNIQUE_COUNT -> SummaryAccumulator.of(new HyperLogLog(type), object);
      case APPROX_PERCENTILE -> SummaryAccumulator.of(Percentiles.OF_200, object);
      case HISTOGRAM -> SummaryAccumulator.of(new Bars.Rule(parameters.bound()), object);
      case COUNT -> throw new AssertionError("answered above");
    };
  }
}
