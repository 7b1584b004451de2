package io.freshet.batch.consistency;

import io.freshet.aggregate.KeyTiles;
import io.freshet.batch.consistency.RowComparison.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events of a key from what its view is complete through on, of which the stream may have
 * counted some, and the tiles of those before. Those of one partition it counts in their order, so
 * that a row lacks none or the last few of them; which of several partitions' it lacks is not
 * known.
 */
final class EventsOnTheirWay {
  private static final int MOST = 100;

  private final ViewCheck check;
  private final KeyTiles counted;
  private final List<Arrived> arrived = new ArrayList<>();

  /** An event and where it is in the topic. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Arrived(int partition, long offset, long timeMillis, @Nullable Object[] inputs) {}

  EventsOnTheirWay(ViewCheck check) {
    this.check = check;
    this.counted = check.aggregator().empty();
  }

  void add(long timeMillis, @Nullable Object[] inputs, int partition, long offset) {
    if (timeMillis < check.view().completeThroughMillis()) {
      check.aggregator().add(counted, timeMillis, inputs);
    } else {
      arrived.add(new Arrived(partition, offset, timeMillis, inputs));
    }
  }

  /** Whether their order is known, and they are not too many to be tried. */
  boolean areOrdered() {
    return arrived.size() <= MOST
        && arrived.stream().mapToInt(Arrived::partition).distinct().count() <= 1;
  }

  /**
   * How the row compares without the last of them, if it is right without. Only to be asked once,
   * and if they are ordered.
   *
   * @param compared the row with the tiles of the events that are left
   */
  Optional<Result> explain(Function<KeyTiles, Result> compared) {
    arrived.sort(Comparator.comparingLong(Arrived::offset));
    for (Arrived next : arrived) {
      Result result = compared.apply(counted);
      if (result.equal()) {
        return Optional.of(result);
      }
      check.aggregator().add(counted, next.timeMillis(), next.inputs());
    }
    return Optional.empty();
  }
}
