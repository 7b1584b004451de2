package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.store.ViewProgress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How progress of views goes on. */
abstract class ProgressContract extends VersionContract {
  @Test
  void neverTakesProgressBack() {
    advance(new ViewProgress(PROJECT, 1, 3, 5_000));
    advance(new ViewProgress(PROJECT, 1, 3, 4_000), new ViewProgress(PROJECT, 1, 2, 9_000));

    assertThat(store().progress(PROJECT, new int[] {1}))
        .containsExactly(Map.entry(1, new ViewProgress(PROJECT, 1, 3, 5_000)));
  }

  @Test
  void letsANewEpochTakeProgressBackInTime() {
    advance(new ViewProgress(PROJECT, 1, 0x7fff_ffff, 5_000));
    ViewProgress next = new ViewProgress(PROJECT, 1, 0x8000_0000, -4_000);
    advance(next);

    assertThat(store().progress(PROJECT, new int[] {1})).containsExactly(Map.entry(1, next));

    ViewProgress further = new ViewProgress(PROJECT, 1, 0x8000_0000, 1L << 48);
    advance(further, next);

    assertThat(store().progress(PROJECT, new int[] {1})).containsExactly(Map.entry(1, further));
  }

  @Test
  void comparesProgressBeforeAndAfter1970() {
    List<Long> ascending =
        List.of(
            Long.MIN_VALUE,
            -(1L << 32) - 1,
            -(1L << 32),
            -1L,
            0L,
            1L << 31,
            1L << 32,
            Long.MAX_VALUE);
    for (long time : ascending) {
      ViewProgress progress = new ViewProgress(PROJECT, 1, 1, time);
      advance(progress);
      advance(new ViewProgress(PROJECT, 1, 1, Long.MIN_VALUE));

      assertThat(store().progress(PROJECT, new int[] {1})).containsEntry(1, progress);
    }
  }

  @Test
  void knowsTheProgressOfEachViewOfAProject() {
    ViewProgress one = new ViewProgress(PROJECT, 1, 1, 10);
    ViewProgress two = new ViewProgress(PROJECT, 2, 1, 20);
    ViewProgress elsewhere = new ViewProgress("trains", 1, 1, 30);
    advance(one, two, elsewhere);

    assertThat(store().progress(PROJECT, new int[] {2, 3, 1}))
        .containsOnly(Map.entry(1, one), Map.entry(2, two));
    assertThat(store().progress("trains", new int[] {1, 2})).containsOnly(Map.entry(1, elsewhere));
    assertThat(store().progress("none", new int[] {1})).isEmpty();
  }
}
