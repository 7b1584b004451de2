package io.freshet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.error.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {
  @Test
  void waitsASecondForReadsAndTenForWritesByDefault() {
    assertThat(RedisSettings.DEFAULTS)
        .isEqualTo(
            new RedisSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                128,
                512,
                100_000));
  }

  @Test
  void changesOneSettingAtATime() {
    Duration second = Duration.ofSeconds(7);

    assertThat(
            RedisSettings.DEFAULTS
                .withConnectTimeout(second)
                .withReadTimeout(second)
                .withWriteTimeout(second)
                .withMaxReconnectDelay(second)
                .withBatches(64, 65)
                .withMaxUnansweredReads(66))
        .isEqualTo(new RedisSettings(second, second, second, second, 64, 65, 66));
  }

  @Test
  void namesEverySettingThatIsOutOfItsRange() {
    assertThatThrownBy(
            () ->
                new RedisSettings(
                    Duration.ZERO,
                    Duration.ofMillis(-1),
                    Duration.ofHours(1),
                    Duration.ZERO,
                    0,
                    2_001,
                    0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Cannot accept settings of the online store: 7 fault(s): ")
        .hasMessageContaining(
            "connectTimeout: 0 ms is out of range: choose a duration from 1ms to 10m")
        .hasMessageContaining("rowsPerCall: 2001 is out of range: choose a number from 1 to 2000");
  }
}
