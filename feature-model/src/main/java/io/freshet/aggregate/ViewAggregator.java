package io.freshet.aggregate;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The semantic kernel of one view: how events enter the tiles of a key, what the features are as of
 * a time, and when they change by themselves. Features over the same input share what they can.
 * Immutable and thread-safe; the tiles it works on are not.
 */
public final class ViewAggregator {
  private final List<FeaturePlan> features;
  private final List<Accumulator> accumulators;
  private final int[] inputOfAccumulator;
  private final int[] accumulatorOfFeature;
  private final List<Window> windowsByHop;
  private final int wordsATile;
  private final int objectsATile;

  private ViewAggregator(List<FeaturePlan> features, Layout layout) {
    this.features = features;
    this.accumulators = List.copyOf(layout.accumulators);
    this.inputOfAccumulator = layout.inputs.stream().mapToInt(Integer::intValue).toArray();
    this.accumulatorOfFeature = layout.ofFeature.stream().mapToInt(Integer::intValue).toArray();
    this.wordsATile = layout.words;
    this.objectsATile = layout.objects;
    this.windowsByHop =
        features.stream()
            .map(FeaturePlan::window)
            .distinct()
            .sorted(Comparator.comparingLong(Window::hopMillis))
            .toList();
  }

  public static ViewAggregator of(BoundView view) {
    Layout layout = new Layout(view);
    view.features().forEach(layout::place);
    return new ViewAggregator(view.features(), layout);
  }

  /** The state of a key without events. */
  public KeyTiles empty() {
    return new KeyTiles(wordsATile, objectsATile);
  }

  /**
   * Lets an event enter.
   *
   * @param inputs one value an input of the view, or null
   */
  public void add(KeyTiles tiles, long timeMillis, @Nullable Object[] inputs) {
    int tile = tiles.at(Window.floor(timeMillis, windowsByHop.get(0).hopMillis()));
    for (int i = 0; i < inputOfAccumulator.length; i++) {
      int input = inputOfAccumulator[i];
      Object value = input == FeaturePlan.NO_INPUT ? true : inputs[input];
      if (value != null) {
        accumulators.get(i).add(tiles, tile, timeMillis, value);
      }
    }
    tiles.entered(timeMillis, 1);
  }

  /** Merges all of another state of the same view into a state. */
  public void merge(KeyTiles into, KeyTiles from) {
    for (int i = 0; i < from.size(); i++) {
      mergeTile(into, into.at(from.startMillis(i)), from, i);
    }
    into.entered(from.newestEventMillis(), from.events());
  }

  /**
   * The features' values as of a time, in the view's order.
   *
   * @throws IllegalArgumentException if an event at the time or later has entered: a value must not
   *     see what came after it
   */
  public @Nullable Object[] valuesAsOf(KeyTiles tiles, long asOfMillis) {
    if (tiles.newestEventMillis() >= asOfMillis) {
      throw new IllegalArgumentException(
          "Cannot answer as of "
              + asOfMillis
              + ": an event at "
              + tiles.newestEventMillis()
              + " has entered");
    }
    @Nullable Object[] values = new @Nullable Object[features.size()];
    for (Window window : windowsByHop) {
      KeyTiles total = totalOf(tiles, window.startAsOf(asOfMillis));
      for (int i = 0; i < values.length; i++) {
        FeaturePlan feature = features.get(i);
        if (feature.window().equals(window)) {
          values[i] =
              accumulators.get(accumulatorOfFeature[i]).result(feature.aggregation(), total, 0);
        }
      }
    }
    return values;
  }

  /**
   * When a value next changes without an event, because a tile leaves a window.
   *
   * @return an as-of time after the given one, or {@code Long.MAX_VALUE} if there is none
   */
  public long nextChangeAfter(KeyTiles tiles, long asOfMillis) {
    long next = Long.MAX_VALUE;
    for (Window window : windowsByHop) {
      int oldest = tiles.firstFrom(window.startAsOf(asOfMillis));
      if (oldest < tiles.size()) {
        next = Math.min(next, window.leavesAt(tiles.startMillis(oldest)));
      }
    }
    return next;
  }

  /**
   * Drops the tiles that no window holds as of the time or later, and merges those that only
   * coarser windows hold to those windows' hop.
   */
  public void compact(KeyTiles tiles, long asOfMillis) {
    tiles.drop(0, tiles.firstFrom(longestStart(asOfMillis)));
    long exactFrom = Long.MAX_VALUE;
    for (int i = 0; i < windowsByHop.size(); i++) {
      long hop = windowsByHop.get(i).hopMillis();
      if (exactFrom != Long.MAX_VALUE) {
        coarsen(tiles, exactFrom, hop);
      }
      exactFrom = Math.min(exactFrom, windowsByHop.get(i).startAsOf(asOfMillis));
    }
  }

  /** The binary form of a state, which {@link #decode} of the same view reads. */
  public byte[] encode(KeyTiles tiles) {
    return TilesCodec.encode(tiles, wordsATile, objectsATile);
  }

  /**
   * @throws IllegalArgumentException if the bytes are of an unknown version or of another layout
   */
  public KeyTiles decode(byte[] bytes) {
    return TilesCodec.decode(bytes, wordsATile, objectsATile);
  }

  private long longestStart(long asOfMillis) {
    long start = Long.MAX_VALUE;
    for (Window window : windowsByHop) {
      start = Math.min(start, window.startAsOf(asOfMillis));
    }
    return start;
  }

  /** Merges the tiles that end before a time to tiles of a coarser hop, in place. */
  private void coarsen(KeyTiles tiles, long beforeMillis, long hop) {
    int kept = 0;
    while (kept < tiles.size()) {
      long start = Window.floor(tiles.startMillis(kept), hop);
      if (start + hop > beforeMillis) {
        return;
      }
      int next = kept + 1;
      while (next < tiles.size() && tiles.startMillis(next) < start + hop) {
        mergeTile(tiles, kept, tiles, next);
        next++;
      }
      tiles.startMillis(kept, start);
      tiles.drop(kept + 1, next);
      kept++;
    }
  }

  private KeyTiles totalOf(KeyTiles tiles, long fromMillis) {
    KeyTiles total = empty();
    int into = total.at(0);
    for (int i = tiles.firstFrom(fromMillis); i < tiles.size(); i++) {
      mergeTile(total, into, tiles, i);
    }
    return total;
  }

  private void mergeTile(KeyTiles into, int tile, KeyTiles from, int fromTile) {
    for (Accumulator accumulator : accumulators) {
      accumulator.merge(into, tile, from, fromTile);
    }
  }

  /** Gives each feature an accumulator, and each accumulator its place in a tile. */
  private static final class Layout {
    private final BoundView view;
    private final Map<Object, Integer> placed = new LinkedHashMap<>();
    private final List<Accumulator> accumulators = new ArrayList<>();
    private final List<Integer> inputs = new ArrayList<>();
    private final List<Integer> ofFeature = new ArrayList<>();
    private int words;
    private int objects;

    Layout(BoundView view) {
      this.view = view;
    }

    void place(FeaturePlan feature) {
      Aggregation kept =
          feature.aggregation() == Aggregation.AVERAGE ? Aggregation.SUM : feature.aggregation();
      ofFeature.add(
          placed.computeIfAbsent(
              List.of(kept, feature.input()), key -> append(kept, feature.input())));
    }

    private int append(Aggregation kept, int input) {
      Accumulator accumulator = accumulator(kept, input);
      accumulators.add(accumulator);
      inputs.add(input);
      words += accumulator.words();
      objects += accumulator.objects();
      return accumulators.size() - 1;
    }

    private Accumulator accumulator(Aggregation kept, int input) {
      if (kept == Aggregation.COUNT) {
        return new CountAccumulator(words);
      }
      ValueType type = view.inputs().get(input).type();
      return switch (kept) {
        case SUM ->
            type == ValueType.INT64
                ? new IntegerSumAccumulator(words)
                : new RealSumAccumulator(words);
        case VARIANCE -> new VarianceAccumulator(words);
        case MIN -> ExtremeAccumulator.least(words, new ValueSlot(type, words + 1, objects));
        case MAX -> ExtremeAccumulator.greatest(words, new ValueSlot(type, words + 1, objects));
        case FIRST -> EndAccumulator.earliest(words, new ValueSlot(type, words + 2, objects));
        case LAST -> EndAccumulator.latest(words, new ValueSlot(type, words + 2, objects));
        case COUNT, AVERAGE -> throw new AssertionError("placed by another name: " + kept);
      };
    }
  }
}
