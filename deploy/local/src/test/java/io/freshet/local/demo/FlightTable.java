package io.freshet.local.demo;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Real flights in time order, a primitive array a column, so that millions of them fit. */
final class FlightTable {
  private final int rows;
  private final long[] times;
  private final int[] delays;
  private final int[] distances;
  private final String[] origins;
  private final String[] destinations;
  private long movedMillis;

  private FlightTable(int rows) {
    this.rows = rows;
    this.times = new long[rows];
    this.delays = new int[rows];
    this.distances = new int[rows];
    this.origins = new String[rows];
    this.destinations = new String[rows];
  }

  /**
   * Reads the last flights of a file, with their own times.
   *
   * @param most how many at most
   * @throws IllegalArgumentException if there is no such file
   */
  static FlightTable lastOf(Path file, int most) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "Cannot read the flights: %s is no file, give -Dflights an absolute path"
              .formatted(file));
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      int all = count(duck, file);
      FlightTable table = new FlightTable(Math.min(all, most));
      table.read(duck, file, all - table.rows);
      return table;
    }
  }

  /** Moves all flights in time by the same whole minutes, the newest into the minute before. */
  void moveNewestBefore(long millis) {
    long minute = 60_000;
    movedMillis = Math.floorDiv(millis - 1, minute) * minute - times[rows - 1];
  }

  int size() {
    return rows;
  }

  long time(int row) {
    return times[row] + movedMillis;
  }

  long delay(int row) {
    return delays[row];
  }

  long distance(int row) {
    return distances[row];
  }

  String origin(int row) {
    return origins[row];
  }

  String destination(int row) {
    return destinations[row];
  }

  Departure departure(int row) {
    return new Departure(time(row), delay(row), distance(row), origin(row), destination(row));
  }

  EntityKey key(KeyKind kind, int row) {
    return new EntityKey(origin(row), kind == KeyKind.AIRPORT ? null : destination(row));
  }

  /** Every key of a kind, with its rows in time order. */
  Map<EntityKey, int[]> rowsByKey(KeyKind kind) {
    Map<EntityKey, int[]> byKey = new HashMap<>();
    Map<EntityKey, Integer> sizes = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      EntityKey key = key(kind, row);
      int size = sizes.merge(key, 1, Integer::sum);
      int[] held = byKey.computeIfAbsent(key, unseen -> new int[8]);
      if (size > held.length) {
        held = Arrays.copyOf(held, 2 * held.length);
        byKey.put(key, held);
      }
      held[size - 1] = row;
    }
    byKey.replaceAll((key, held) -> Arrays.copyOf(held, sizes.getOrDefault(key, 0)));
    return byKey;
  }

  private void read(Connection duck, Path file, int skipped) throws SQLException {
    Map<String, String> codes = new HashMap<>();
    try (PreparedStatement query =
        duck.prepareStatement(
            "SELECT epoch_ms(date), delay, distance, origin, destination"
                + " FROM read_parquet(?) ORDER BY file_row_number OFFSET ?")) {
      query.setString(1, file.toString());
      query.setInt(2, skipped);
      try (ResultSet found = query.executeQuery()) {
        for (int row = 0; found.next(); row++) {
          times[row] = found.getLong(1);
          delays[row] = found.getInt(2);
          distances[row] = found.getInt(3);
          origins[row] = codes.computeIfAbsent(found.getString(4), code -> code);
          destinations[row] = codes.computeIfAbsent(found.getString(5), code -> code);
          if (row > 0 && times[row] < times[row - 1]) {
            throw new IllegalArgumentException(
                "Cannot use the flights: row %d departs before the one above it, sort them by date"
                    .formatted(skipped + row));
          }
        }
      }
    }
  }

  private static int count(Connection duck, Path file) throws SQLException {
    try (PreparedStatement query = duck.prepareStatement("SELECT count(*) FROM read_parquet(?)")) {
      query.setString(1, file.toString());
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }
}
