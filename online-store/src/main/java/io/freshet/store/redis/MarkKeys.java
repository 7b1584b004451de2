package io.freshet.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The keys of a mark. A cluster's node can lose its data alone, so that there is one key in each of
 * {@link #COUNT} equal ranges of slots: every node that has a whole range has a part of the mark.
 */
final class MarkKeys {
  static final int COUNT = 64;

  private static final int RANGE = SlotHash.SLOT_COUNT / COUNT;
  private static final List<Integer> TAGS =
      IntStream.range(0, COUNT).mapToObj(MarkKeys::tagInRange).toList();

  private MarkKeys() {}

  static List<byte[]> of(String id) {
    return TAGS.stream().map(tag -> ("p:!{" + tag + "}" + id).getBytes(US_ASCII)).toList();
  }

  /** The least number whose slot, as a hash tag, is in the range. */
  private static int tagInRange(int range) {
    return IntStream.iterate(0, tag -> tag + 1)
        .filter(tag -> SlotHash.getSlot(Integer.toString(tag)) / RANGE == range)
        .findFirst()
        .orElseThrow();
  }
}
