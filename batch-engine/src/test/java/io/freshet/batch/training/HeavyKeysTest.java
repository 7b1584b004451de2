package io.freshet.batch.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeavyKeysTest {
  private final HeavyKeys heavy = new HeavyKeys(1_000);

  @Test
  void onlyAKeyWithTwiceTheEntriesOfATaskIsSplitAndIntoEqualParts() {
    List<Long> few = LongStream.range(0, 199).boxed().toList();
    List<Long> many = LongStream.range(0, 400).boxed().toList();

    SplitKeys split = heavy.split(Map.of(7L, few, 8L, many), 0.1, 0);

    assertThat(split.starts(7)).isEmpty();
    assertThat(split.starts(8)).containsExactly(0, 100, 200, 300);
    assertThat(split.starts(9)).isEmpty();
  }

  @Test
  void whatIsBeforeTheLabelsIsARangeOfItsOwn() {
    List<Long> times = LongStream.range(0, 400).boxed().toList();

    assertThat(heavy.split(Map.of(1L, times), 0.1, 200).starts(1)).containsExactly(200, 300);
    assertThat(heavy.split(Map.of(1L, times), 0.1, 390).starts(1)).containsExactly(390);
  }

  @Test
  void entriesOfOneInstantStayTogether() {
    List<Long> sameTime = Collections.nCopies(1_000, 5L);

    assertThat(heavy.split(Map.of(1L, sameTime), 0.1, 0)).isEqualTo(SplitKeys.NONE);
  }

  @Test
  void aRangeBeginsAtItsStart() {
    long[] starts = {10, 20};

    assertThat(SplitKeys.range(starts, Long.MIN_VALUE)).isZero();
    assertThat(SplitKeys.range(starts, 9)).isZero();
    assertThat(SplitKeys.range(starts, 10)).isEqualTo(1);
    assertThat(SplitKeys.range(starts, 19)).isEqualTo(1);
    assertThat(SplitKeys.range(starts, 20)).isEqualTo(2);
    assertThat(SplitKeys.range(new long[0], 20)).isZero();
  }
}
