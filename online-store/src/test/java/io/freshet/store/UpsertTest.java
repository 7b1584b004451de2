package io.freshet.store;

import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpsertTest {
  @ParameterizedTest
  @ValueSource(longs = {0, -1, Upsert.MAX_TTL_MILLIS + 1})
  void refusesATimeToLiveThatNoStoreCanKeep(long ttlMillis) {
    assertThatThrownBy(() -> upsert(entity("ATL"), 7, version(1, 1, 1), "row", ttlMillis))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot keep a row of view 7 for " + ttlMillis + " ms: choose");
  }

  @Test
  void groupsABatchByEntityAndKeepsTheNewestRowOfEachView() {
    EntityRef atlanta = entity("ATL");
    EntityRef boston = entity("BOS");
    Upsert newest = upsert(atlanta, 1, version(1, 3, 0), "newest");
    Upsert other = upsert(atlanta, 2, version(1, 1, 0), "other");
    Upsert elsewhere = upsert(boston, 1, version(1, 1, 0), "elsewhere");

    List<EntityUpserts> groups =
        EntityUpserts.newestOf(
            List.of(
                upsert(atlanta, 1, version(1, 1, 0), "old"),
                elsewhere,
                newest,
                upsert(entity("ATL"), 1, version(1, 3, 0), "equal"),
                other,
                upsert(atlanta, 1, version(1, 2, 0), "late")));

    assertThat(groups)
        .containsExactly(
            new EntityUpserts(atlanta, List.of(newest, other)),
            new EntityUpserts(boston, List.of(elsewhere)));
  }
}
