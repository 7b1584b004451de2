package io.freshet.benchmark.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.benchmark.lab.Servers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StateComparisonTest {
  @Test
  void bothStatesAreCheckpointedAndAreServedAgainAfterTheirProcessWasKilled() throws Exception {
    try (Servers servers = Servers.start(Path.of("../servers/target"))) {
      assertThat(StateComparison.run(servers, 500, 1, System.nanoTime()))
          .contains("| 5 % | RocksDB, incremental |", "| 50 % | heap, full |", "| heap | 0.");
    }
  }
}
