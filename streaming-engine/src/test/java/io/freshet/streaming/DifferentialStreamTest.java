package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.oracle.Differential;
import io.freshet.oracle.Differential.Group;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operators of the job against the oracle over the events that were not late. */
class DifferentialStreamTest {
  private static final int GROUP = 50;

  static List<Group> groups() {
    return Differential.groups(300, GROUP);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void theOperatorsAgreeWithTheOracle(Group group) throws Exception {
    StreamEngine stream = new StreamEngine();

    new Differential(stream).check(group.cases());

    assertThat(stream.late()).as("late events").isPositive();
  }
}
