package io.freshet.streaming.faults;

import java.util.Random;

/** The seed of one test: {@code -Dfreshet.seed=N} repeats it. */
record FaultSeed(long value) {
  static FaultSeed draw() {
    return new FaultSeed(Long.getLong("freshet.seed", System.nanoTime()));
  }

  Random random() {
    return new Random(value);
  }

  @Override
  public String toString() {
    return "seed " + value + ", repeat with -Dfreshet.seed=" + value;
  }
}
