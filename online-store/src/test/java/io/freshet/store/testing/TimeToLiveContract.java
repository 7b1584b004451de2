package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.contents;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.store.UpsertResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long an online store keeps an entity. */
abstract class TimeToLiveContract extends ProgressContract {
  @Test
  void forgetsAnEntityAfterItsTimeToLive() {
    write(
        upsert(ATLANTA, VIEW, version(1, 1, 1), "short", 200),
        upsert(BOSTON, VIEW, version(1, 1, 1), "long", 60_000));

    assertThat(read(ATLANTA, VIEW)).isEqualTo("short");
    passTime(400);

    assertThat(read(ATLANTA, VIEW)).isNull();
    assertThat(read(BOSTON, VIEW)).isEqualTo("long");
    assertThat(write(upsert(ATLANTA, VIEW, version(0, 0, 0), "anew")))
        .isEqualTo(new UpsertResult(1, 0));
  }

  @Test
  void keepsAnEntityForTheLongestOfItsTimesToLive() {
    write(upsert(ATLANTA, 1, version(1, 1, 1), "long", 60_000));
    write(upsert(ATLANTA, 2, version(1, 1, 1), "short", 200));
    write(
        upsert(BOSTON, 1, version(1, 1, 1), "long", 60_000),
        upsert(BOSTON, 2, version(1, 1, 1), "short", 200));
    passTime(400);

    assertThat(contents(store().read(List.of(ATLANTA), new int[] {1, 2})[0]))
        .containsExactly("long", "short");
    assertThat(contents(store().read(List.of(BOSTON), new int[] {1, 2})[0]))
        .containsExactly("long", "short");
  }

  @Test
  void extendsTheTimeToLiveWithANewerRow() {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "short", 300));
    write(upsert(ATLANTA, VIEW, version(1, 2, 1), "long", 60_000));
    passTime(500);

    assertThat(read(ATLANTA, VIEW)).isEqualTo("long");
  }

  @Test
  void leavesTheTimeToLiveAloneWhenARowChangesNothing() {
    write(upsert(ATLANTA, VIEW, version(1, 2, 1), "newest", 300));
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "late", 60_000));
    passTime(500);

    assertThat(read(ATLANTA, VIEW)).isNull();
  }
}
