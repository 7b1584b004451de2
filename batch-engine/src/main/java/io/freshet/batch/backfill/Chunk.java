package io.freshet.batch.backfill;

import java.io.Serializable;

/** Ticks that are computed and committed together. */
record Chunk(Ticks ticks, Opening opening) implements Serializable {
  /** Which keys have a row at the first tick. */
  enum Opening {
    /** Each that has an event in a window: the rows of the tick before are others' or none. */
    ALL_KEYS,
    /** Those that differ from the tick before, as at every other tick: the run has computed it. */
    CHANGED_KEYS
  }
}
