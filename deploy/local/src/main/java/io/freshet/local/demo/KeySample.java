package io.freshet.local.demo;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which keys are looked up in the end: those that just departed, others by chance, and unseen ones.
 */
final class KeySample {
  private static final int MOST = 500;
  private static final long SEED = 20010614;

  private KeySample() {}

  static List<EntityKey> of(KeyKind kind, List<Departure> history, List<Departure> live) {
    Set<EntityKey> sample = new LinkedHashSet<>();
    if (kind == KeyKind.AIRPORT) {
      sample.add(new EntityKey("QQQ", null));
      sample.add(new EntityKey("", null));
    } else {
      sample.add(new EntityKey("QQQ", "ATL"));
      sample.add(new EntityKey("ATL", "ATL"));
    }
    addSome(sample, kind, live, MOST / 2);
    addSome(sample, kind, history, MOST);
    return List.copyOf(sample);
  }

  private static void addSome(
      Set<EntityKey> sample, KeyKind kind, List<Departure> departures, int most) {
    Set<EntityKey> distinct = new LinkedHashSet<>();
    departures.forEach(departure -> distinct.add(kind.of(departure)));
    List<EntityKey> shuffled = new ArrayList<>(distinct);
    Collections.shuffle(shuffled, new Random(SEED));
    for (EntityKey key : shuffled) {
      if (sample.size() < most) {
        sample.add(key);
      }
    }
  }
}
