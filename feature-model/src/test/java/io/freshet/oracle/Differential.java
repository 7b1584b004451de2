package io.freshet.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares an engine with the oracle on random cases. One on which they differ is shrunk: as long
 * as a simpler one differs too, that one is taken; what is left is told as text, with its seed.
 */
public final class Differential {
  /** The property with the number of cases, where the build wants more than a test's own number. */
  public static final String CASES = "freshet.random.cases";

  private static final int AT_ONCE = 24;
  private static final int GROUPS_A_FRESH = 4;
  private static final int FRESH_FROM = 1_000_000;

  private final Engine engine;

  /** Cases of seeds that follow one another, with an as-of time in common. */
  public record Group(long firstSeed, int size) {
    public List<RandomCase> cases() {
      return LongStream.range(firstSeed, firstSeed + size).mapToObj(RandomCase::of).toList();
    }

    @Override
    public String toString() {
      return size + " cases from seed " + firstSeed;
    }
  }

  public Differential(Engine engine) {
    this.engine = engine;
  }

  /**
   * Groups of cases with an as-of time in common: most of fixed seeds, so that a build can be
   * repeated, the rest of fresh ones.
   *
   * @param cases how many in all where {@link #CASES} does not say, a multiple of {@code size}
   * @param size of a group, at most {@link RandomCase#GROUP}
   */
  public static List<Group> groups(int cases, int size) {
    String wanted = System.getProperty(CASES, "");
    int groups = (wanted.isBlank() ? cases : Integer.parseInt(wanted)) / size;
    Random fresh = new Random();
    List<Group> all = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      boolean isFresh = i % GROUPS_A_FRESH == GROUPS_A_FRESH - 1;
      long first = RandomCase.GROUP * (isFresh ? FRESH_FROM + fresh.nextInt(FRESH_FROM) : (long) i);
      all.add(new Group(first, size));
    }
    return all;
  }

  /**
   * @throws AssertionError with the smallest case found if the engine and the oracle differ
   */
  public void check(List<RandomCase> cases) throws Exception {
    List<@Nullable String> differences = differences(cases);
    for (int i = 0; i < cases.size(); i++) {
      if (differences.get(i) != null) {
        throw new AssertionError(shrunk(cases.get(i)));
      }
    }
  }

  private String shrunk(RandomCase failing) throws Exception {
    RandomCase smallest = failing;
    RandomCase simpler = simpler(smallest);
    while (simpler != null) {
      smallest = simpler;
      simpler = simpler(smallest);
    }
    return "%s\n%s".formatted(smallest, differences(List.of(smallest)).get(0));
  }

  /** The first of the simpler cases on which engine and oracle differ. */
  private @Nullable RandomCase simpler(RandomCase failing) throws Exception {
    Iterator<RandomCase> candidates = SimplerCases.of(failing).iterator();
    while (candidates.hasNext()) {
      List<RandomCase> some = new ArrayList<>();
      while (candidates.hasNext() && some.size() < AT_ONCE) {
        some.add(candidates.next());
      }
      List<@Nullable String> differences = differences(some);
      for (int i = 0; i < some.size(); i++) {
        if (differences.get(i) != null) {
          return some.get(i);
        }
      }
    }
    return null;
  }

  private List<@Nullable String> differences(List<RandomCase> cases) throws Exception {
    List<Map<String, @Nullable Object[]>> answers = engine.answers(cases);
    List<@Nullable String> differences = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      differences.add(difference(cases.get(i), answers.get(i)));
    }
    return differences;
  }

  private @Nullable String difference(RandomCase random, Map<String, @Nullable Object[]> answers) {
    for (String key : RandomCase.KEYS) {
      @Nullable Object[] expected = random.expected(key, engine.counted(random));
      @Nullable Object[] actual = answers.getOrDefault(key, random.expected(key, List.of()));
      if (!SameValue.allSame(actual, expected)) {
        return "%s of key %s says %s, the oracle says %s"
            .formatted(
                engine.getClass().getSimpleName(),
                key,
                Arrays.toString(actual),
                Arrays.toString(expected));
      }
    }
    return null;
  }
}
