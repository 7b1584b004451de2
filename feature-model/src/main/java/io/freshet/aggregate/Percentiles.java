package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * DataSketches' KLL sketch of doubles with k = 200: exact up to 200 values, then with a rank error
 * of at most 1.33 % for one percentile with 99 % confidence, and a few kB large. NaN has no rank
 * and does not enter.
 */
enum Percentiles implements Summary<KllDoublesSketch> {
  OF_200;

  private static final int K = 200;

  @Override
  public Class<KllDoublesSketch> type() {
    return KllDoublesSketch.class;
  }

  @Override
  public KllDoublesSketch empty() {
    return KllDoublesSketch.newHeapInstance(K);
  }

  @Override
  public void add(KllDoublesSketch sketch, Object value) {
    double number = ((Number) value).doubleValue();
    if (!Double.isNaN(number)) {
      sketch.update(number);
    }
  }

  @Override
  public void merge(KllDoublesSketch into, KllDoublesSketch from) {
    into.merge(from);
  }

  @Override
  public void merge(KllDoublesSketch into, byte[] from) {
    into.merge(KllDoublesSketch.wrap(Memory.wrap(from)));
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KllDoublesSketch sketch) {
    if (sketch.isEmpty()) {
      return null;
    }
    double[] ranks =
        feature.parameters().percentiles().stream().mapToDouble(Double::doubleValue).toArray();
    double[] values = sketch.getQuantiles(ranks, QuantileSearchCriteria.INCLUSIVE);
    return Arrays.stream(values).boxed().toList();
  }

  @Override
  public byte[] encode(Object kept) {
    return ((KllDoublesSketch) kept).toByteArray();
  }

  @Override
  public Object decode(byte[] bytes) {
    return KllDoublesSketch.heapify(Memory.wrap(bytes));
  }
}
