package io.freshet.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as definitions write them: {@code 10s}, {@code 7d}, {@code 1h30m}, {@code 500ms}. */
public final class Durations {
  /** The longest that a definition may ask for. */
  public static final Duration LONGEST = Duration.ofDays(3650);

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MILLIS = {86_400_000L, 3_600_000L, 60_000L, 1000L, 1L};

  private Durations() {}

  /** Empty if the text is no duration; units go from large to small, each once. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (int i = 0; i < UNITS.length; i++) {
      String count = matcher.group(i + 1);
      if (count != null) {
        millis += Long.parseLong(count) * UNIT_MILLIS[i];
      }
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  /** The shortest text that {@link #parse} reads back, in whole milliseconds. */
  public static String format(Duration duration) {
    long left = duration.toMillis();
    if (left == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      if (left >= UNIT_MILLIS[i]) {
        text.append(left / UNIT_MILLIS[i]).append(UNITS[i]);
        left %= UNIT_MILLIS[i];
      }
    }
    return text.toString();
  }
}
