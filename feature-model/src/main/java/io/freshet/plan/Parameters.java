package io.freshet.plan;

import java.util.List;

/**
 * The parameters of an aggregation; what it does not take is 0 or empty.
 *
 * @param k how many values {@code first_k, last_k, top_k, bottom_k} keep
 * @param percentiles of {@code approx_percentile}, each from 0 to 1, in the order of the result
 * @param bound how many distinct values {@code unique_count} and {@code histogram} tell apart
 * @param beyondBound what {@code unique_count} answers beyond its bound
 */
public record Parameters(int k, List<Double> percentiles, int bound, BeyondBound beyondBound) {
  public static final Parameters NONE = new Parameters(0, List.of(), 0, BeyondBound.REFUSED);

  public static final int MOST_K = 100;
  public static final int MOST_PERCENTILES = 20;
  public static final int MOST_UNIQUE = 10_000;
  public static final int MOST_BARS = 1_000;
  public static final int DEFAULT_UNIQUE = 1_000;
  public static final int DEFAULT_BARS = 100;

  public Parameters {
    percentiles = List.copyOf(percentiles);
  }

  public static Parameters ofK(int k) {
    return new Parameters(k, List.of(), 0, BeyondBound.REFUSED);
  }

  public static Parameters ofPercentiles(List<Double> percentiles) {
    return new Parameters(0, percentiles, 0, BeyondBound.REFUSED);
  }

  public static Parameters ofBound(int bound, BeyondBound beyondBound) {
    return new Parameters(0, List.of(), bound, beyondBound);
  }
}
