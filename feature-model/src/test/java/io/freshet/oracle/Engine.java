package io.freshet.oracle;

import io.freshet.oracle.RandomCase.Arrival;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What computes the features of random cases, to be compared with the oracle. */
public interface Engine {
  /**
   * Computes the features as of each case's as-of time.
   *
   * @return for each case the features' values by key; a key without a row is absent
   */
  List<Map<String, @Nullable Object[]>> answers(List<RandomCase> cases) throws Exception;

  /** The arrivals that the engine counts: all, unless it is one that cannot wait. */
  default List<Arrival> counted(RandomCase random) {
    return random.arrivals();
  }
}
