package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How an online store is known again. */
abstract class MarkContract extends TimeToLiveContract {
  @Test
  void knowsTheMarksThatItWasGivenAndNoOthers() {
    assertThat(store().isMarked("one")).isFalse();

    store().mark("one");
    store().mark("one");
    store().mark("two");

    assertThat(store().isMarked("one")).isTrue();
    assertThat(store().isMarked("two")).isTrue();
    assertThat(store().isMarked("three")).isFalse();
  }

  @Test
  void keepsAMarkWhateverIsWritten() {
    store().mark("one");

    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "row", 100));
    passTime(200);

    assertThat(store().isMarked("one")).isTrue();
  }
}
