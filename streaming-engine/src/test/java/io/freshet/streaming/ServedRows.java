package io.freshet.streaming;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import io.freshet.window.Window;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in the online store, and how they compare with a recomputation. */
public final class ServedRows {
  private final OnlineStore store;

  public ServedRows(OnlineStore store) {
    this.store = store;
  }

  /** A row: the as-of time of its version, the newest event's time, the features. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  public record Row(long asOfMillis, long newestEventMillis, @Nullable Object[] features) {}

  public @Nullable Row find(ViewPlan plan, String origin) {
    StoredRow stored = read(plan, origin);
    if (stored == null) {
      return null;
    }
    @Nullable Object[] row =
        new RowCodec(plan.view().rowTypes()).decode(ByteBuffer.wrap(stored.row()));
    return new Row(
        stored.version().asOfMillis(),
        row[0] instanceof Instant newest ? newest.toEpochMilli() : -1,
        Arrays.copyOfRange(row, 1, row.length));
  }

  /** The epoch of a row that must be there. */
  int epoch(ViewPlan plan, String origin) {
    return requireNonNull(read(plan, origin), origin + " has no row").version().epoch();
  }

  /** The features of a row that must be there. */
  @Nullable Object[] features(ViewPlan plan, String origin) {
    return requireNonNull(find(plan, origin), origin + " has no row").features();
  }

  /** Every origin's row is what the events give as of its time, and holds the newest of them. */
  public void matchRecomputation(ViewPlan plan, List<Departure> events) {
    Window window = plan.view().features().get(0).window();
    events.stream()
        .collect(Collectors.groupingBy(Departure::origin))
        .forEach((origin, own) -> assertRow(plan, window, origin, own));
  }

  /** The time through which the view is complete, or 0 if that was never said. */
  public long completeThrough(ViewPlan plan) {
    ViewProgress progress =
        store.progress(plan.view().project(), new int[] {plan.number()}).get(plan.number());
    return progress == null ? 0 : progress.completeThroughMillis();
  }

  private void assertRow(ViewPlan plan, Window window, String origin, List<Departure> own) {
    long newest = own.stream().mapToLong(Departure::atMillis).max().orElseThrow();
    Row row = find(plan, origin);
    assertThat(row).as("row of %s", origin).isNotNull();
    assertThat(row.newestEventMillis()).as("newest of %s", origin).isEqualTo(newest);
    @Nullable Object[] expected =
        Recomputation.features(
            own, origin, window.lengthMillis(), window.hopMillis(), row.asOfMillis());
    assertThat(Recomputation.same(row.features(), expected))
        .as(
            "%s as of %d: served %s, expected %s",
            origin,
            row.asOfMillis(),
            Recomputation.text(row.features()),
            Recomputation.text(expected))
        .isTrue();
  }

  private @Nullable StoredRow read(ViewPlan plan, String origin) {
    byte[] key = new EntityKeyCodec(plan.view().joinKeys()).encode(new Object[] {origin});
    EntityRef entity = new EntityRef(plan.view().project(), plan.view().entity(), key);
    return store.read(List.of(entity), new int[] {plan.number()})[0][0];
  }
}
