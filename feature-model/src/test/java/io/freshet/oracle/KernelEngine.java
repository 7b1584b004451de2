package io.freshet.oracle;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.event.DuplicateRule;
import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.oracle.RandomCase.Arrival;
import io.freshet.plan.Deduplication;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kernel alone: events are decoded and projected, and enter in their order of arrival; the
 * state is compacted and packed in between.
 */
public final class KernelEngine implements Engine {
  private static final int EVENTS_A_COMPACTION = 7;

  @Override
  public List<Map<String, @Nullable Object[]>> answers(List<RandomCase> cases) {
    return cases.stream().map(KernelEngine::answer).toList();
  }

  private static Map<String, @Nullable Object[]> answer(RandomCase random) {
    ViewAggregator kernel = ViewAggregator.of(random.view());
    EventDecoder decoder = new EventDecoder(random.source());
    ViewProjection projection = ViewProjection.of(random.view(), random.source());
    Map<String, KeyTiles> keys = new HashMap<>();
    SeenTimes seen = new SeenTimes(random.copies());
    for (Arrival arrival : random.arrivals()) {
      Optional<ViewInput> input = take(arrival, decoder, projection);
      if (input.isPresent()
          && !seen.isCopy(arrival.key(), input.get())
          && input.get().timeMillis() < random.asOfMillis()) {
        KeyTiles tiles = keys.computeIfAbsent(arrival.key(), key -> kernel.empty());
        keys.put(arrival.key(), entered(kernel, tiles, input.get()));
      }
    }
    Map<String, @Nullable Object[]> answers = new HashMap<>();
    keys.forEach((key, tiles) -> answers.put(key, kernel.valuesAsOf(tiles, random.asOfMillis())));
    return answers;
  }

  private static Optional<ViewInput> take(
      Arrival arrival, EventDecoder decoder, ViewProjection projection) {
    byte[] json = RandomSource.json("key", arrival);
    if (decoder.decode(json, GoldenCase.ARRIVAL_MILLIS) instanceof Event event) {
      return projection.project(event);
    }
    throw new IllegalStateException("no event: " + new String(json, StandardCharsets.UTF_8));
  }

  private static KeyTiles entered(ViewAggregator kernel, KeyTiles tiles, ViewInput input) {
    kernel.add(tiles, input.timeMillis(), input.inputs());
    if (tiles.events() % EVENTS_A_COMPACTION != 0) {
      return tiles;
    }
    kernel.compact(tiles, tiles.newestEventMillis() + 1);
    return kernel.decode(kernel.encode(tiles));
  }

  /** What was seen of each id of each key. */
  private static final class SeenTimes {
    private final @Nullable DuplicateRule rule;
    private final Map<List<String>, long[]> times = new HashMap<>();

    SeenTimes(@Nullable Deduplication declared) {
      this.rule = declared == null ? null : new DuplicateRule(declared);
    }

    boolean isCopy(String key, ViewInput input) {
      String id = input.id();
      if (rule == null || id == null) {
        return false;
      }
      long[] seen = times.getOrDefault(List.of(key, id), DuplicateRule.UNSEEN);
      times.put(List.of(key, id), rule.remember(seen, input.timeMillis()));
      return rule.isDuplicate(seen, input.timeMillis());
    }
  }
}
