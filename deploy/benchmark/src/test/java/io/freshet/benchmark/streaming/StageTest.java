package io.freshet.benchmark.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Workload;
import io.freshet.plan.StateBackend;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final int KEYS = 200;
  private static final int MEASURED = 30_000;
  private static final int EVENTS_A_SECOND = 100;

  @Test
  void everyContenderGivesTheValuesOfABruteForceCount() throws Exception {
    long seed = System.nanoTime();
    Workload workload =
        new Workload(
            seed,
            KEYS,
            2_000,
            Entry.presentFor(MEASURED),
            EVENTS_A_SECOND,
            System.currentTimeMillis() - 1_000);
    Set<Contender> checked = EnumSet.noneOf(Contender.class);
    try (Servers servers = Servers.start(Path.of("../servers/target"))) {
      Stage stage = Stage.set(servers, workload, MEASURED, 1);
      for (Entry entry : Entry.all()) {
        if (entry.state() == StateBackend.HASHMAP
            && entry.contender() != Contender.LIMIT
            && checked.add(entry.contender())) {
          assertThat(stage.run(entry, "").checked())
              .as("values of %s, seed %d", entry.title(), seed)
              .isPositive();
        }
      }
    }
  }
}
