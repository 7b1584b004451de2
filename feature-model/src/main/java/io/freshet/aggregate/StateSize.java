package io.freshet.aggregate;

import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large a view's state becomes, by which engines are sized: that of a key whose windows are
 * full, with a typical number of different values in each tile. An estimate, good to a factor of
 * two where that holds; the identifiers that deduplication remembers are not in it.
 */
public final class StateSize {
  /** In a tile of a window; what a sketch or a selection of them takes is a typical size. */
  static final int EVENTS_A_TILE = 32;

  /** In the one tile of all that is older than any tail. */
  static final int EVENTS_OF_A_LIFETIME = 1_000;

  /** Of what an engine keeps beside the tiles: the key, a timer and a few numbers. */
  private static final long BESIDE_TILES = 64;

  private StateSize() {}

  /** Bytes of one key of a view in their binary form. */
  public static long bytesAKey(BoundView view) {
    ViewAggregator aggregator = ViewAggregator.of(view);
    long header = aggregator.encode(aggregator.empty()).length;
    long bytes = BESIDE_TILES + header;
    bytes += tiles(view) * (encodedTile(view, aggregator, EVENTS_A_TILE) - header);
    if (view.coversLifetime()) {
      bytes += encodedTile(view, aggregator, EVENTS_OF_A_LIFETIME) - header;
    }
    return bytes;
  }

  /** Each window adds tiles of its hop where no finer window reaches. */
  private static long tiles(BoundView view) {
    List<Window> ascending =
        view.features().stream()
            .map(FeaturePlan::window)
            .filter(window -> !window.holdsAll())
            .distinct()
            .sorted(Comparator.comparingLong(Window::lengthMillis))
            .toList();
    long tiles = 0;
    long covered = 0;
    for (Window window : ascending) {
      tiles += (window.lengthMillis() - covered) / window.hopMillis() + 1;
      covered = window.lengthMillis();
    }
    return tiles;
  }

  /** The size of a state with one tile that so many events with different values entered. */
  private static long encodedTile(BoundView view, ViewAggregator aggregator, int events) {
    KeyTiles tiles = aggregator.empty();
    for (int event = 0; event < events; event++) {
      aggregator.add(tiles, 0, inputs(view, event));
    }
    return aggregator.encode(tiles).length;
  }

  private static @Nullable Object[] inputs(BoundView view, int event) {
    return view.inputs().stream().map(InputPlan::type).map(type -> value(type, event)).toArray();
  }

  private static Object value(ValueType type, int event) {
    return switch (type) {
      case INT64 -> (long) event;
      case FLOAT64 -> (double) event;
      case STRING -> "value-%06d".formatted(event);
      case BOOLEAN -> event % 2 == 0;
      case TIMESTAMP -> Instant.ofEpochMilli(event);
    };
  }
}
