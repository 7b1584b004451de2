package io.freshet.batch.training;

/** Spreads keys: 64 bits of a group and key, and further ones for ranges of the key's time. */
final class Slots {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Slots() {}

  static long of(int group, byte[] key) {
    long hash = OFFSET ^ group;
    for (byte part : key) {
      hash = (hash ^ (part & 0xff)) * PRIME;
    }
    return mixed(hash);
  }

  /** The slot of a range of a key's time; the first is the key's own. */
  static long of(long slot, int range) {
    return range == 0 ? slot : mixed(slot + range * GOLDEN);
  }

  /** As the finalizer of MurmurHash3 does. */
  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
