package io.freshet.benchmark.lab;

import java.util.Random;

/** Events that happen when they are made. For one thread. */
public final class LiveEvents {
  private static final int AMOUNTS = 1_000;

  private final Zipf ranks;
  private final Random random;

  public LiveEvents(int keys, long seed) {
    this.ranks = new Zipf(keys);
    this.random = new Random(seed);
  }

  public byte[] next() {
    return SeededEvents.json(
        SeededEvents.card(ranks.draw(random)), System.currentTimeMillis(), random.nextInt(AMOUNTS));
  }
}
