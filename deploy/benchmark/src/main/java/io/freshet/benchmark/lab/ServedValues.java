package io.freshet.benchmark.lab;

import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreReader;
import io.freshet.store.StoredRow;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import io.freshet.window.Window;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of cards in the online store, compared with a count over all events. */
public final class ServedValues {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int BATCH = 250;
  private static final double TOLERANCE = 1e-9;

  private final OnlineStoreReader store;
  private final ViewPlan plan;
  private final List<Window> windows;
  private final EntityKeyCodec keys = new EntityKeyCodec(Payments.JOIN_KEYS);
  private final RowCodec rows;

  public ServedValues(OnlineStoreReader store, ViewPlan plan, List<Window> windows) {
    this.store = store;
    this.plan = plan;
    this.windows = List.copyOf(windows);
    this.rows = new RowCodec(plan.view().rowTypes());
  }

  /**
   * Waits until the rows of every so-many-th key are right. A row may hold its newest event and
   * lack others for a while: those of a partition that is read more slowly.
   *
   * @return how many rows were right
   * @throws IllegalStateException if a row does not become right
   */
  public int check(SeededEvents events, int everyKey) throws InterruptedException {
    int[] sampled =
        IntStream.range(0, events.workload().keys())
            .filter(key -> key % everyKey == 0 && events.newestMillis(key) != Long.MIN_VALUE)
            .toArray();
    for (int from = 0; from < sampled.length; from += BATCH) {
      awaitRight(events, Arrays.copyOfRange(sampled, from, Math.min(sampled.length, from + BATCH)));
    }
    return sampled.length;
  }

  /** The rows of cards, in their order; null where there is none. */
  public List<@Nullable Object @Nullable []> find(List<String> cards) {
    List<@Nullable Object @Nullable []> found = new ArrayList<>();
    for (@Nullable StoredRow[] stored : read(cards)) {
      StoredRow row = stored[0];
      found.add(row == null ? null : rows.decode(ByteBuffer.wrap(row.row())));
    }
    return found;
  }

  private void awaitRight(SeededEvents events, int[] batch) throws InterruptedException {
    Deadline deadline = Deadline.after(DEADLINE);
    List<String> cards = Arrays.stream(batch).mapToObj(SeededEvents::card).toList();
    while (true) {
      @Nullable StoredRow[][] stored = read(cards);
      List<String> faults = new ArrayList<>();
      for (int i = 0; i < batch.length; i++) {
        fault(events, batch[i], stored[i][0]).ifPresent(faults::add);
      }
      if (faults.isEmpty()) {
        return;
      }
      if (deadline.hasPassed()) {
        throw new IllegalStateException(
            "%d of %d rows are not right, the first: %s"
                .formatted(faults.size(), batch.length, faults.get(0)));
      }
      deadline.pause();
    }
  }

  private Optional<String> fault(SeededEvents events, int key, @Nullable StoredRow stored) {
    if (stored == null) {
      return Optional.of(SeededEvents.card(key) + " has none");
    }
    long asOf = stored.version().asOfMillis();
    @Nullable Object[] row = rows.decode(ByteBuffer.wrap(stored.row()));
    @Nullable Object[] features = Arrays.copyOfRange(row, 1, row.length);
    @Nullable Object[] expected = expected(events, key, asOf);
    boolean isNewest =
        row[0] instanceof Instant newest && newest.toEpochMilli() == events.newestMillis(key);
    return isNewest && allSame(expected, features)
        ? Optional.empty()
        : Optional.of(
            "%s as of %d with events up to %s is %s, must be %s"
                .formatted(
                    SeededEvents.card(key),
                    asOf,
                    row[0],
                    Arrays.toString(features),
                    Arrays.toString(expected)));
  }

  private @Nullable Object[] expected(SeededEvents events, int key, long asOfMillis) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Window window : windows) {
      long start = asOfMillis - window.lengthMillis();
      long from = start - Math.floorMod(start, window.hopMillis());
      SeededEvents.Tally tally = events.tally(key, 0, from, asOfMillis);
      boolean none = tally.count() == 0;
      values.add(tally.count());
      values.add(none ? null : tally.sum());
      values.add(none ? null : (double) tally.sum() / tally.count());
    }
    return values.toArray();
  }

  private static boolean allSame(@Nullable Object[] expected, @Nullable Object[] found) {
    return IntStream.range(0, expected.length).allMatch(i -> same(expected[i], found[i]));
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Double expected && other instanceof Double found) {
      return Math.abs(expected - found) <= TOLERANCE * Math.abs(expected);
    }
    return String.valueOf(one).equals(String.valueOf(other));
  }

  private @Nullable StoredRow[][] read(List<String> cards) {
    List<EntityRef> entities =
        cards.stream()
            .map(
                card ->
                    new EntityRef(
                        Payments.PROJECT, Payments.ENTITY, keys.encode(new Object[] {card})))
            .toList();
    return store.read(entities, new int[] {plan.number()});
  }
}
