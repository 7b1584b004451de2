package io.freshet.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ServingRuleTest {
  private static final int CASES = 200_000;
  private static final long BASE = 1_700_000_000_000L;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void bothSidesOfEveryRuleAgree() {
    for (int i = 0; i < CASES; i++) {
      ServingRule rule = anyRule();
      long event = anyTime();
      long arrival = anyTime();
      long from = rule.visibleFrom(event, arrival);

      assertThat(rule.sight(from).holds(event, arrival)).as(said(rule, event, arrival)).isTrue();
      assertThat(rule.sight(from - 1).holds(event, arrival))
          .as(said(rule, event, arrival))
          .isFalse();
      long label = anyTime();
      assertThat(rule.sight(label).holds(event, arrival))
          .as(said(rule, event, arrival) + " by " + label)
          .isEqualTo(label >= from);
    }
  }

  @Test
  void noRuleEverSeesAnEventAtTheLabelOrLater() {
    for (int i = 0; i < CASES; i++) {
      ServingRule rule = anyRule();
      long label = anyTime();
      Sight sight = rule.sight(label);

      assertThat(sight.beforeMillis()).as(said(rule, label, 0)).isLessThanOrEqualTo(label);
      assertThat(sight.asOf(sight.beforeMillis() - 1)).isLessThanOrEqualTo(label);
      assertThat(sight.holds(label + random.nextInt(3), Long.MIN_VALUE)).isFalse();
    }
  }

  @Test
  void noRuleThatServesEverSeesWhatArrivedAtTheLabelOrLater() {
    for (int i = 0; i < CASES; i++) {
      ServingRule rule = servingRule();
      long label = anyTime();

      assertThat(rule.sight(label).holds(Long.MIN_VALUE, label + random.nextInt(3)))
          .as(said(rule, label, 0))
          .isFalse();
    }
  }

  @Test
  void aLaterLabelNeverSeesLess() {
    for (int i = 0; i < CASES; i++) {
      ServingRule rule = anyRule();
      long label = anyTime();
      Sight sight = rule.sight(label);
      Sight later = rule.sight(label + random.nextInt(100));

      assertThat(later.beforeMillis()).isGreaterThanOrEqualTo(sight.beforeMillis());
      assertThat(later.arrivedBeforeMillis()).isGreaterThanOrEqualTo(sight.arrivedBeforeMillis());
      assertThat(later.decayedThroughMillis()).isGreaterThanOrEqualTo(sight.decayedThroughMillis());
    }
  }

  @Test
  void aTickIsSeenOnceItsRowsWereOnline() {
    ServingRule hourly = new ServingRule.Ticks(3_600_000, new ServingDelay(5_000, 60_000));
    long tick = 3_600_000L * 1_000;

    assertThat(hourly.sight(tick + 60_000).beforeMillis()).isEqualTo(tick - 3_600_000);
    assertThat(hourly.sight(tick + 60_001)).isEqualTo(new Sight(tick, tick + 5_000, tick));
    assertThat(hourly.visibleFrom(tick - 1, tick + 4_999)).isEqualTo(tick + 60_001);
    assertThat(hourly.visibleFrom(tick - 1, tick + 5_000)).isEqualTo(tick + 3_660_001);
    assertThat(hourly.visibleFrom(tick, tick)).isEqualTo(tick + 3_660_001);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new ServingDelay(2, 1)).hasMessageContaining("Cannot serve 1 ms");
    assertThatThrownBy(() -> new ServingRule.Ticks(0, new ServingDelay(0, 0)))
        .hasMessageContaining("Cannot have a tick every 0 ms");
    assertThatThrownBy(() -> new ServingRule.Stream(-1, 0)).hasMessageContaining("-1 ms");
    assertThatThrownBy(() -> new Sight(1, 1, 2)).hasMessageContaining("decayed through 2");
  }

  private ServingRule anyRule() {
    return random.nextInt(3) == 0 ? new ServingRule.Exact() : servingRule();
  }

  /** Small numbers, so that times meet. */
  private ServingRule servingRule() {
    long archive = random.nextInt(20);
    return random.nextBoolean()
        ? new ServingRule.Stream(random.nextInt(20), random.nextInt(20))
        : new ServingRule.Ticks(
            1 + random.nextInt(50), new ServingDelay(archive, archive + random.nextInt(80)));
  }

  /** Before the epoch too. */
  private long anyTime() {
    return (random.nextBoolean() ? BASE : 0) + random.nextInt(200) - 100;
  }

  private String said(ServingRule rule, long event, long arrival) {
    return "seed %d: %s of %d, arrived %d".formatted(seed, rule, event, arrival);
  }
}
