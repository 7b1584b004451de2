package io.freshet.platform.overload;

import static io.freshet.platform.overload.OverloadState.AT_RISK;
import static io.freshet.platform.overload.OverloadState.HEALTHY;
import static io.freshet.platform.overload.OverloadState.OVERLOADED;
import static io.freshet.platform.overload.SheddingChoice.Action.RECOVER;
import static io.freshet.platform.overload.SheddingChoice.Action.SHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SheddingChoiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ViewPlan DEAR = Loads.view(1, null);
  private static final ViewPlan LOW = Loads.view(2, 10);
  private static final ViewPlan HIGH = Loads.view(3, 90);
  private static final ViewPlan NEW_LOW = Loads.view(4, 10);
  private static final List<ViewPlan> VIEWS = List.of(DEAR, LOW, HIGH, NEW_LOW);

  @Test
  void shedsTheLowestPriorityFirstAndOfEqualOnesTheNewest() {
    assertThat(next(OVERLOADED, Set.of())).contains(new SheddingChoice(SHED, NEW_LOW));
    assertThat(next(OVERLOADED, Set.of(4))).contains(new SheddingChoice(SHED, LOW));
    assertThat(next(OVERLOADED, Set.of(2, 4))).contains(new SheddingChoice(SHED, HIGH));
  }

  @Test
  void neverShedsAViewThatDoesNotSayItMayBe() {
    assertThat(next(OVERLOADED, Set.of(2, 3, 4))).isEmpty();
  }

  @Test
  void recoversInReverse() {
    assertThat(next(HEALTHY, Set.of(2, 3, 4))).contains(new SheddingChoice(RECOVER, HIGH));
    assertThat(next(HEALTHY, Set.of(2, 4))).contains(new SheddingChoice(RECOVER, LOW));
    assertThat(next(HEALTHY, Set.of(4))).contains(new SheddingChoice(RECOVER, NEW_LOW));
    assertThat(next(HEALTHY, Set.of())).isEmpty();
  }

  @Test
  void waitsUntilTheEffectOfTheLastCanBeSeen() {
    assertThat(next(OVERLOADED, Set.of(4), NOW.minusSeconds(59))).isEmpty();
    assertThat(next(OVERLOADED, Set.of(4), NOW.minusSeconds(60))).isPresent();
  }

  @Test
  void doesNothingWhileThereIsRisk() {
    assertThat(next(AT_RISK, Set.of(4))).isEmpty();
  }

  private static Optional<SheddingChoice> next(OverloadState state, Set<Integer> shed) {
    return SheddingChoice.of(state, VIEWS, shed, null, NOW, Loads.SETTINGS);
  }

  private static Optional<SheddingChoice> next(
      OverloadState state, Set<Integer> shed, Instant actedAt) {
    return SheddingChoice.of(state, VIEWS, shed, actedAt, NOW, Loads.SETTINGS);
  }
}
