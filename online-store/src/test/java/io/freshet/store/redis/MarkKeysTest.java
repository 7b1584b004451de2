package io.freshet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkKeysTest {
  @Test
  void oneIsInEachRangeOfSlots() {
    List<Integer> ranges =
        MarkKeys.of("an-id").stream()
            .map(key -> SlotHash.getSlot(key) / (SlotHash.SLOT_COUNT / MarkKeys.COUNT))
            .toList();

    assertThat(ranges).isEqualTo(IntStream.range(0, MarkKeys.COUNT).boxed().toList());
  }
}
