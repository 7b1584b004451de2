package io.freshet.streaming;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.event.DuplicateRule;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.handover.HandOver.SeenId;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.EntityKeyCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of the batch engine in a hand-over. */
final class HandOverRun {
  private HandOverRun() {}

  /**
   * The histories of all keys of a lane.
   *
   * @param before the departures before the lane's cut, those of an origin as they arrived
   */
  static List<KeyHistory> histories(SourcePlan source, ViewPlan plan, List<Departure> before) {
    ViewAggregator aggregator = ViewAggregator.of(plan.view());
    EntityKeyCodec keys = new EntityKeyCodec(plan.view().joinKeys());
    Map<String, KeyTiles> tiles = new TreeMap<>();
    Map<String, Ids> ids = new HashMap<>();
    for (Departure departure : before) {
      String origin = departure.origin();
      if (ids.computeIfAbsent(origin, none -> new Ids(source)).counts(departure)) {
        aggregator.add(
            tiles.computeIfAbsent(origin, none -> aggregator.empty()),
            departure.atMillis(),
            new @Nullable Object[] {departure.delay()});
      }
    }
    List<KeyHistory> histories = new ArrayList<>();
    tiles.forEach(
        (origin, tilesOfKey) ->
            histories.add(
                new KeyHistory(
                    plan.lane(),
                    keys.encode(new Object[] {origin}),
                    aggregator.encode(tilesOfKey),
                    ids.getOrDefault(origin, new Ids(source)).seen)));
    return histories;
  }

  /** Which departures of an origin count, by the source's rule; the delay is the id. */
  static final class Ids {
    private final @Nullable DuplicateRule rule;
    private final Map<Long, long[]> times = new HashMap<>();
    private final List<SeenId> seen = new ArrayList<>();

    Ids(SourcePlan source) {
      this.rule = source.deduplication() == null ? null : new DuplicateRule(source.deduplication());
    }

    boolean counts(Departure departure) {
      Long id = departure.delay();
      if (rule == null || id == null) {
        return true;
      }
      long[] before = times.getOrDefault(id, DuplicateRule.UNSEEN);
      times.put(id, rule.remember(before, departure.atMillis()));
      seen.add(new SeenId(departure.atMillis(), Long.toString(id)));
      return !rule.isDuplicate(before, departure.atMillis());
    }
  }
}
