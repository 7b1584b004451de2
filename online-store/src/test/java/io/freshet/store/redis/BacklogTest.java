package io.freshet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BacklogTest {
  @Test
  void refusesBeyondItsBoundUntilThereIsAnAnswer() {
    Backlog backlog = new Backlog(10, Duration.ofHours(1));

    assertThat(backlog.admits(10)).isTrue();
    assertThat(backlog.admits(5)).isTrue();
    assertThat(backlog.admits(1)).as("the first probe").isTrue();
    assertThat(backlog.admits(1)).isFalse();

    backlog.answered();
    assertThat(backlog.admits(500)).isTrue();
  }

  @Test
  void letsAProbeThroughAnInterval() {
    Backlog backlog = new Backlog(0, Duration.ofNanos(1));
    assertThat(backlog.admits(1)).isTrue();

    assertThat(backlog.admits(1)).isTrue();
    assertThat(backlog.admits(1)).isTrue();
  }
}
