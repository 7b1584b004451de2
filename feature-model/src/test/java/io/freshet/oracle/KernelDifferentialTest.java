package io.freshet.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.oracle.Differential.Group;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelDifferentialTest {
  static List<Group> groups() {
    return Differential.groups(800, RandomCase.GROUP);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void theKernelAgreesWithTheOracle(Group group) throws Exception {
    new Differential(new KernelEngine()).check(group.cases());
  }

  @Test
  void aDifferenceIsShrunkToASmallCase() {
    Engine wrong = new WrongOnTwo();

    assertThatThrownBy(() -> new Differential(wrong).check(new Group(0, 200).cases()))
        .isInstanceOf(AssertionError.class)
        .message()
        .satisfies(text -> assertThat(text.lines().filter(l -> l.contains(" at 20"))).hasSize(2))
        .satisfies(text -> assertThat(text.lines().filter(l -> l.startsWith("  - f"))).hasSize(1))
        .contains("seed ", "WrongOnTwo of key a says");
  }

  /** The oracle, but for cases with two events of key a or more, where no feature has a value. */
  private static final class WrongOnTwo implements Engine {
    @Override
    public List<Map<String, @Nullable Object[]>> answers(List<RandomCase> cases) {
      return cases.stream().map(WrongOnTwo::answer).toList();
    }

    private static Map<String, @Nullable Object[]> answer(RandomCase random) {
      UnaryOperator<String> same = UnaryOperator.identity();
      long ofA = random.arrivals().stream().filter(one -> one.key().equals("a")).count();
      return ofA < 2
          ? RandomCase.KEYS.stream()
              .collect(Collectors.toMap(same, key -> random.expected(key, random.arrivals())))
          : Map.of("a", new @Nullable Object[0]);
    }
  }
}
