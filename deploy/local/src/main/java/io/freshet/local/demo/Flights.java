package io.freshet.local.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The real departures that are shipped, cut into a past and a part that is replayed live. */
final class Flights {
  /** Thursday noon of the second week: the live part begins in a busy hour. */
  private static final long CUT = millis("2001-06-14T12:00");

  private final List<Departure> all;
  private final int cut;

  private Flights(List<Departure> all) {
    this.all = all;
    int index = 0;
    while (all.get(index).timeMillis() < CUT) {
      index++;
    }
    this.cut = index;
  }

  static Flights load() {
    InputStream packed =
        Objects.requireNonNull(
            Flights.class.getResourceAsStream("departures.csv.gz"), "the shipped departures");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      Map<String, String> codes = new HashMap<>();
      return new Flights(lines.lines().skip(1).map(line -> departure(line, codes)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those before the cut, moved in time so that the last of them departs at the given time. */
  List<Departure> historyEndingAt(long endMillis) {
    long moved = endMillis - all.get(cut - 1).timeMillis();
    return all.subList(0, cut).stream()
        .map(departure -> departure.at(departure.timeMillis() + moved))
        .toList();
  }

  /** Those after the cut, with their own times. */
  List<Departure> live() {
    return all.subList(cut, all.size());
  }

  private static Departure departure(String line, Map<String, String> codes) {
    String[] columns = line.split(",", -1);
    return new Departure(
        millis(columns[0]),
        Long.parseLong(columns[1]),
        Long.parseLong(columns[2]),
        codes.computeIfAbsent(columns[3], code -> code),
        codes.computeIfAbsent(columns[4], code -> code));
  }

  private static long millis(String localTime) {
    return LocalDateTime.parse(localTime).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
