package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Deduplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicateRuleTest {
  private static final long WITHIN = 10;

  private final DuplicateRule rule = new DuplicateRule(new Deduplication("id", WITHIN));

  @Test
  void whatIsAtMostSoFarAwayIsADuplicate() {
    long[] seen = rule.remember(DuplicateRule.UNSEEN, 100);

    assertThat(rule.isDuplicate(DuplicateRule.UNSEEN, 100)).isFalse();
    assertThat(rule.isDuplicate(seen, 100)).isTrue();
    assertThat(rule.isDuplicate(seen, 90)).isTrue();
    assertThat(rule.isDuplicate(seen, 110)).isTrue();
    assertThat(rule.isDuplicate(seen, 89)).isFalse();
    assertThat(rule.isDuplicate(seen, 111)).isFalse();
  }

  @Test
  void aDuplicateMakesDuplicatesToo() {
    long[] seen = rule.remember(rule.remember(DuplicateRule.UNSEEN, 100), 110);

    assertThat(rule.isDuplicate(seen, 120)).isTrue();
    assertThat(rule.isDuplicate(seen, 121)).isFalse();
  }

  @Test
  void aTimeThatIsKnownIsRememberedOnce() {
    long[] seen = rule.remember(DuplicateRule.UNSEEN, 100);

    assertThat(rule.remember(seen, 100)).isSameAs(seen);
    assertThat(rule.forget(seen, 110)).isSameAs(seen);
    assertThat(rule.forget(seen, 111)).isEmpty();
  }

  /** Compared with looking at every event that arrived before. */
  @Test
  void leavesOutOnlyWhatMakesNoDifference() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<Long> all = new ArrayList<>();
      long[] seen = DuplicateRule.UNSEEN;
      long earliest = 0;
      for (int event = 0; event < 40; event++) {
        long time = earliest + random.nextInt(120);
        boolean expected = all.stream().anyMatch(t -> Math.abs(t - time) <= WITHIN);

        assertThat(rule.isDuplicate(seen, time))
            .as("seed %d round %d event %d at %d after %s", seed, round, event, time, all)
            .isEqualTo(expected);

        all.add(time);
        seen = rule.remember(seen, time);
        if (random.nextInt(4) == 0) {
          earliest += random.nextInt(30);
          seen = rule.forget(seen, earliest);
        }
        assertThat(seen).as("seed %d", seed).isSorted().hasSizeLessThanOrEqualTo(20);
      }
    }
  }
}
