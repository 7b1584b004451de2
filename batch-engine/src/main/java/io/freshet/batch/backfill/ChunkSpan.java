package io.freshet.batch.backfill;

import io.freshet.plan.ViewPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the chunks of a view are, in UTC: each reads again what its windows reach back to, so
 * that a chunk is at least as long as the longest of them, but for windows of more than a year.
 */
enum ChunkSpan {
  DAY,
  MONTH,
  YEAR;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long LEAST_TICKS = 24;
  private static final long DAYS_A_MONTH = 31;

  static ChunkSpan of(ViewPlan view) {
    if (view.view().coversLifetime()) {
      return YEAR;
    }
    long wanted =
        Math.max(view.view().longestWindowMillis(), LEAST_TICKS * view.tier().period().toMillis());
    if (wanted <= DAY_MILLIS) {
      return DAY;
    }
    return wanted <= DAYS_A_MONTH * DAY_MILLIS ? MONTH : YEAR;
  }

  /** The ticks of each chunk, without empty ones. */
  List<Ticks> split(Ticks ticks) {
    List<Ticks> chunks = new ArrayList<>();
    Ticks rest = ticks;
    while (!rest.isEmpty()) {
      Ticks chunk = rest.before(endOf(rest.fromMillis()));
      chunks.add(chunk);
      rest = new Ticks(chunk.toMillis(), rest.toMillis(), rest.periodMillis());
    }
    return chunks;
  }

  private long endOf(long millis) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    LocalDate end =
        switch (this) {
          case DAY -> day.plusDays(1);
          case MONTH -> day.withDayOfMonth(1).plusMonths(1);
          case YEAR -> day.withDayOfYear(1).plusYears(1);
        };
    return end.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
