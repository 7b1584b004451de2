package io.freshet.streaming.faults;

import io.freshet.streaming.Departure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random departures from a seed: few origins have most of them, some have no delay. */
final class SeededDepartures {
  private static final int ORIGINS = 24;
  private static final int SPREAD_MILLIS = 4_000;

  private final Random random;

  SeededDepartures(FaultSeed seed) {
    this.random = seed.random();
  }

  /** Departures of the last seconds, out of order within the bound of {@link Sources}. */
  List<Departure> draw(int count) {
    long now = System.currentTimeMillis();
    List<Departure> departures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      departures.add(new Departure(origin(), now - random.nextInt(SPREAD_MILLIS), delay()));
    }
    return departures;
  }

  String origin() {
    return "A" + (int) (ORIGINS * random.nextDouble() * random.nextDouble());
  }

  Random random() {
    return random;
  }

  private @Nullable Long delay() {
    return random.nextInt(5) == 0 ? null : (long) random.nextInt(-20, 200);
  }
}
