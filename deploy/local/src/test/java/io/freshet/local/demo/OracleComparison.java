package io.freshet.local.demo;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up all keys of a view and compares every value with the oracle's.
 *
 * <p>A value is right if it is the one as of its row's own time, and if it still is the one as of
 * the time through which the same answer says that the view is complete: nothing that happened
 * between the two may be missing. A key without a row is right if there is nothing to say about it.
 */
final class OracleComparison {
  private static final int KEYS_A_LOOKUP = 250;
  private static final int[] NO_ROWS = {};
  private final PlatformClient client;
  private final String project;
  private final FlightTable flights;
  private final Map<KeyKind, Map<EntityKey, int[]>> rows = new EnumMap<>(KeyKind.class);

  OracleComparison(PlatformClient client, String project, FlightTable flights) {
    this.client = client;
    this.project = project;
    this.flights = flights;
    for (KeyKind kind : KeyKind.values()) {
      rows.put(kind, flights.rowsByKey(kind));
    }
  }

  OracleTally compare(OracleView view, String tier) {
    OracleTally tally = new OracleTally(view.nameIn(tier));
    List<EntityKey> keys = keys(view.keyKind());
    for (int from = 0; from < keys.size(); from += KEYS_A_LOOKUP) {
      List<EntityKey> asked = keys.subList(from, Math.min(keys.size(), from + KEYS_A_LOOKUP));
      LookupAnswer answer = client.lookup(project, List.of(view.nameIn(tier)), asked);
      Instant promised = answer.completeThrough(view.nameIn(tier)).orElseThrow();
      for (int entity = 0; entity < asked.size(); entity++) {
        compareKey(view, new Served(asked.get(entity), answer, entity, promised), tally);
      }
    }
    return tally;
  }

  /** All keys that have flights, and one that has none. */
  private List<EntityKey> keys(KeyKind kind) {
    List<EntityKey> keys = new ArrayList<>(rowsOf(kind).keySet());
    keys.add(new EntityKey("QQQ", kind == KeyKind.AIRPORT ? null : "ATL"));
    keys.sort(Comparator.comparing(EntityKey::toString));
    return keys;
  }

  private Map<EntityKey, int[]> rowsOf(KeyKind kind) {
    return rows.getOrDefault(kind, Map.of());
  }

  private void compareKey(OracleView view, Served served, OracleTally tally) {
    int[] counted =
        Arrays.stream(rowsOf(view.keyKind()).getOrDefault(served.key(), NO_ROWS))
            .filter(row -> flights.distance(row) >= view.leastDistance())
            .toArray();
    tally.key(served.asOf(0).isPresent());
    for (int column = 0; column < served.answer().features().size(); column++) {
      String name = served.answer().features().get(column);
      OracleFeature feature = view.feature(name.substring(name.indexOf('.') + 1));
      compareValue(feature, counted, served, column, tally);
    }
  }

  private void compareValue(
      OracleFeature feature, int[] counted, Served served, int column, OracleTally tally) {
    Optional<Instant> asOf = served.asOf(column);
    String status = served.answer().status(served.entity(), column);
    if (asOf.isEmpty() || status.equals("OUTSIDE_MAX_AGE")) {
      judgeAbsence(feature, counted, served, status, tally);
      return;
    }
    Object value = served.answer().value(served.entity(), column);
    Instant later = asOf.get().isBefore(served.promised()) ? served.promised() : asOf.get();
    Judged first = judge(feature, counted, asOf.get(), value);
    Judged second = judge(feature, counted, later, value);
    Judged worse = second.share() > first.share() ? second : first;
    tally.value(
        worse.expected().measure(),
        worse.distance(),
        "%s of %s is %s in its row as of %s, expected %s as of %s"
            .formatted(
                feature.name(), served.key(), value, asOf.get(), worse.expected(), worse.asOf()));
  }

  private void judgeAbsence(
      OracleFeature feature, int[] counted, Served served, String status, OracleTally tally) {
    Expected expected = feature.asOf(served.promised().toEpochMilli(), flights, counted);
    if (expected.equals(feature.ofNothing())) {
      tally.rightlyAbsent();
    } else {
      tally.missing(
          "%s of %s is %s, expected %s as of %s"
              .formatted(feature.name(), served.key(), status, expected, served.promised()));
    }
  }

  private Judged judge(OracleFeature feature, int[] counted, Instant asOf, @Nullable Object value) {
    Expected expected = feature.asOf(asOf.toEpochMilli(), flights, counted);
    return new Judged(expected, asOf, expected.distanceOf(value));
  }

  /** How far a value is from the one as of a time. */
  private record Judged(Expected expected, Instant asOf, double distance) {
    /** Of the distance that is allowed. */
    double share() {
      return distance / expected.measure().most();
    }
  }

  /**
   * What an answer says about one key.
   *
   * @param entity its place in the answer
   * @param promised through when the view was complete
   */
  private record Served(EntityKey key, LookupAnswer answer, int entity, Instant promised) {
    Optional<Instant> asOf(int column) {
      return answer.asOf(entity, column);
    }
  }
}
