package io.freshet.batch;

import io.freshet.oracle.Differential;
import io.freshet.oracle.Differential.Group;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Spark run against the oracle over all events. */
@ExtendWith(BatchServers.Extension.class)
class DifferentialBatchTest {
  private static final int GROUP = 50;

  private final BatchServers servers;

  DifferentialBatchTest(BatchServers servers) {
    this.servers = servers;
  }

  static List<Group> groups() {
    return Differential.groups(200, GROUP);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void aRunAgreesWithTheOracle(Group group) throws Exception {
    new Differential(new BatchEngine(servers.spark())).check(group.cases());
  }
}
