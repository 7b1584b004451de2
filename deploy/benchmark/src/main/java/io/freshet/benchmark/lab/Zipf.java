package io.freshet.benchmark.lab;

import java.util.Arrays;
import java.util.Random;

/** Draws ranks from 0 with a probability that falls as 1 / (rank + 1). */
final class Zipf {
  private final double[] upTo;

  Zipf(int ranks) {
    upTo = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
  }

  int draw(Random random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return found >= 0 ? found : -found - 1;
  }
}
