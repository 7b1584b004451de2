package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.PROJECT;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.error.ErrorCategory;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.ViewProgress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which entities an online store says that it has. */
abstract class EntitiesContract extends MarkContract {
  @Test
  void tellsEveryEntityOfAKindOnce() {
    List<EntityRef> airports =
        IntStream.range(0, 2_500).mapToObj(i -> entity("airport " + i)).toList();
    write(airports.stream().map(airport -> upsert(airport, 1, version(1, 1, 1), "one")).toList());
    write(airports.stream().map(airport -> upsert(airport, 2, version(1, 1, 1), "two")).toList());

    assertThat(store().entities(PROJECT, "airport", key -> true, 2_500))
        .containsExactlyInAnyOrderElementsOf(airports);
  }

  @Test
  void tellsNothingOfOtherKindsProjectsAndThings() {
    byte[] key = {'*', ':', 0, (byte) 0xff};
    write(
        upsert(new EntityRef("flights", "airport", key), VIEW, version(1, 1, 1), "row"),
        upsert(new EntityRef("flights", "airport_2", key), VIEW, version(1, 1, 1), "row"),
        upsert(new EntityRef("flight", "sairport", key), VIEW, version(1, 1, 1), "row"),
        upsert(new EntityRef("flightsX", "airport", key), VIEW, version(1, 1, 1), "row"));
    advance(new ViewProgress("flights", VIEW, 1, 1));
    store().mark("one");

    assertThat(store().entities("flights", "airport", any -> true, 10))
        .containsExactly(new EntityRef("flights", "airport", key));
    assertThat(store().entities("flights", "*", any -> true, 10)).isEmpty();
    assertThat(store().entities("flights?", "airport", any -> true, 10)).isEmpty();
  }

  @Test
  void tellsNoEntityThatHasExpired() {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "row", 100));
    write(upsert(BOSTON, VIEW, version(1, 1, 1), "row"));
    passTime(200);

    assertThat(store().entities(PROJECT, "airport", key -> true, 10)).containsExactly(BOSTON);
  }

  @Test
  void refusesToTellMoreThanWasSaid() {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "row"));
    write(upsert(BOSTON, VIEW, version(1, 1, 1), "row"));

    assertThat(store().entities(PROJECT, "airport", key -> key[0] == 'A', 1))
        .containsExactly(ATLANTA);
    assertThatThrownBy(() -> store().entities(PROJECT, "airport", key -> true, 1))
        .isInstanceOfSatisfying(
            OnlineStoreException.class,
            refused -> assertThat(refused.category()).isEqualTo(ErrorCategory.USER))
        .hasMessageContaining("more than 1")
        .hasMessageContaining("wanted");
  }
}
