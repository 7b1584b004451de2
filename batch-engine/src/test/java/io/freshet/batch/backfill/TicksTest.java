package io.freshet.batch.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  @Test
  void ticksAreTheMultiplesOfThePeriodFromTheOneTimeOnAndBeforeTheOther() {
    assertThat(Ticks.between(5 * HOUR, 7 * HOUR, HOUR)).isEqualTo(hours(5, 7));
    assertThat(Ticks.between(5 * HOUR + 1, 7 * HOUR + 1, HOUR)).isEqualTo(hours(6, 8));
    assertThat(Ticks.between(5 * HOUR + 1, 5 * HOUR + 2, HOUR).isEmpty()).isTrue();
    assertThat(Ticks.between(-2 * HOUR - 1, 0, HOUR)).isEqualTo(hours(-2, 0));
    assertThat(hours(5, 7).at(6 * HOUR)).isEqualTo(6 * HOUR);
    assertThat(hours(5, 7).after(6 * HOUR)).isEqualTo(7 * HOUR);
    assertThat(hours(5, 9).before(7 * HOUR + 1)).isEqualTo(hours(5, 8));
    assertThat(hours(5, 9).before(2 * HOUR).isEmpty()).isTrue();
  }

  @Test
  void whatIsLeftOfTicksIsBetweenOthers() {
    List<Ticks> done = List.of(hours(8, 9), hours(2, 4), hours(3, 5), hours(20, 30));

    assertThat(hours(0, 10).without(done)).containsExactly(hours(0, 2), hours(5, 8), hours(9, 10));
    assertThat(hours(3, 5).without(done)).isEmpty();
    assertThat(hours(10, 20).without(done)).containsExactly(hours(10, 20));
  }

  @Test
  void chunksEndWhereTheirDayMonthOrYearDoes() {
    long from = Instant.parse("2024-01-30T00:00:00Z").toEpochMilli();
    Ticks days = new Ticks(from, from + 400 * DAY, DAY);

    assertThat(ChunkSpan.DAY.split(days)).hasSize(400);
    assertThat(ChunkSpan.MONTH.split(days)).hasSize(15).allMatch(month -> month.count() <= 31);
    assertThat(ChunkSpan.MONTH.split(days).get(0).count()).isEqualTo(2);
    assertThat(ChunkSpan.YEAR.split(days))
        .extracting(Ticks::toMillis)
        .containsExactly(Instant.parse("2025-01-01T00:00:00Z").toEpochMilli(), from + 400 * DAY);
  }

  private static Ticks hours(long from, long to) {
    return new Ticks(from * HOUR, to * HOUR, HOUR);
  }
}
