package io.freshet.platform.overload;

import static io.freshet.platform.overload.OverloadState.AT_RISK;
import static io.freshet.platform.overload.OverloadState.HEALTHY;
import static io.freshet.platform.overload.OverloadState.OVERLOADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aWorseStateIsBelievedOnceItHasBeenSeenForAWhile() {
    Standing standing = Standing.healthy(START);
    standing = seen(standing, AT_RISK, 5);
    standing = seen(standing, OVERLOADED, 10);
    assertThat(standing.state()).isEqualTo(HEALTHY);

    standing = seen(standing, OVERLOADED, 20);

    assertThat(standing.state()).isEqualTo(OVERLOADED);
    assertThat(standing.since()).isEqualTo(START.plusSeconds(20));
  }

  @Test
  void aSpikeIsNotBelieved() {
    Standing standing = Standing.healthy(START);
    for (int second = 0; second < 100; second += 10) {
      standing = seen(standing, OVERLOADED, second);
      standing = seen(standing, HEALTHY, second + 5);
    }

    assertThat(standing.state()).isEqualTo(HEALTHY);
  }

  @Test
  void aBetterStateIsBelievedAfterTheCoolDown() {
    Standing standing = new Standing(OVERLOADED, START, OVERLOADED, START);
    standing = seen(standing, HEALTHY, 10);
    standing = seen(standing, HEALTHY, 200);
    assertThat(standing.state()).isEqualTo(OVERLOADED);
    assertThat(seen(standing, HEALTHY, 310).state()).isEqualTo(HEALTHY);

    standing = seen(standing, OVERLOADED, 300);
    standing = seen(standing, HEALTHY, 310);

    assertThat(standing.state()).isEqualTo(OVERLOADED);
  }

  @Test
  void theTrendIsThatOfTheWindow() {
    LoadHistory history = new LoadHistory("job", Duration.ofSeconds(60), START);
    for (int second = 0; second <= 100; second += 10) {
      double pending = second < 40 ? 1_000 : 7.0 * second;
      history.add(START.plusSeconds(second), pending, second / 10);
    }

    assertThat(history.pendingTrend()).isCloseTo(7, within(1e-9));
    assertThat(history.failedCheckpoints()).isEqualTo(6);
    assertThat(history.isOlderThan(Duration.ofSeconds(30), START.plusSeconds(29))).isFalse();
    assertThat(history.isOlderThan(Duration.ofSeconds(30), START.plusSeconds(30))).isTrue();
  }

  private static Standing seen(Standing standing, OverloadState state, int second) {
    return standing.after(state, START.plusSeconds(second), Loads.SETTINGS);
  }
}
