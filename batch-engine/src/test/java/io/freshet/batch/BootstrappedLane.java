package io.freshet.batch;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.event.DuplicateRule;
import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.handover.HandOver.SeenId;
import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a lane has of its histories, and of the events from its cut on that then enter. */
final class BootstrappedLane {
  private final ViewAggregator kernel;
  private final EventDecoder decoder;
  private final ViewProjection projection;
  private final @Nullable DuplicateRule rule;
  private final Map<ByteBuffer, KeyTiles> tiles = new HashMap<>();
  private final Map<List<Object>, long[]> seen = new HashMap<>();

  BootstrappedLane(BoundView view, SourcePlan source, Collection<KeyHistory> histories) {
    this.kernel = ViewAggregator.of(view);
    this.decoder = new EventDecoder(source);
    this.projection = ViewProjection.of(view, source);
    Deduplication copies = source.deduplication();
    this.rule = copies == null ? null : new DuplicateRule(copies);
    for (KeyHistory history : histories) {
      ByteBuffer entity = ByteBuffer.wrap(history.entity());
      tiles.put(entity, kernel.decode(history.tiles()));
      for (SeenId id : history.ids()) {
        remember(entity, id.id(), id.timeMillis());
      }
    }
  }

  /** Lets an event from the cut on enter. */
  void add(byte[] message) {
    if (!(decoder.decode(message, Long.MAX_VALUE / 2) instanceof Event event)) {
      throw new IllegalArgumentException("no event");
    }
    Optional<ViewInput> taken = projection.project(event);
    if (taken.isEmpty()) {
      return;
    }
    ViewInput input = taken.get();
    ByteBuffer entity = ByteBuffer.wrap(input.key());
    if (input.id() == null || !remember(entity, input.id(), input.timeMillis())) {
      KeyTiles own = tiles.computeIfAbsent(entity, any -> kernel.empty());
      kernel.add(own, input.timeMillis(), input.inputs());
    }
  }

  /** The features of an entity; null if the lane knows nothing of it. */
  @Nullable Object @Nullable [] valuesAsOf(byte[] entity, long asOfMillis) {
    KeyTiles own = tiles.get(ByteBuffer.wrap(entity));
    return own == null ? null : kernel.valuesAsOf(own, asOfMillis);
  }

  /** Whether an event is a copy of one that was seen; it is seen from now on. */
  private boolean remember(ByteBuffer entity, String id, long timeMillis) {
    if (rule == null) {
      return false;
    }
    List<Object> key = List.of(entity, id);
    long[] before = seen.getOrDefault(key, DuplicateRule.UNSEEN);
    seen.put(key, rule.remember(before, timeMillis));
    return rule.isDuplicate(before, timeMillis);
  }
}
