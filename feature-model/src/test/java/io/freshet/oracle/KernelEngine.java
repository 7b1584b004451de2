package io.freshet.oracle;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.oracle.RandomCase.Arrival;
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
    for (Arrival arrival : random.arrivals()) {
      if (arrival.event().timeMillis() < random.asOfMillis()) {
        take(arrival, decoder, projection)
            .ifPresent(
                input ->
                    keys.compute(
                        arrival.key(),
                        (key, tiles) ->
                            entered(kernel, tiles == null ? kernel.empty() : tiles, input)));
      }
    }
    Map<String, @Nullable Object[]> answers = new HashMap<>();
    keys.forEach((key, tiles) -> answers.put(key, kernel.valuesAsOf(tiles, random.asOfMillis())));
    return answers;
  }

  private static Optional<ViewInput> take(
      Arrival arrival, EventDecoder decoder, ViewProjection projection) {
    byte[] json = RandomSource.json("key", arrival.key(), arrival.event());
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
}
