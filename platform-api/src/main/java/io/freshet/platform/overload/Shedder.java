package io.freshet.platform.overload;

import java.util.Set;

/** Sheds views and recovers them, by their numbers. Doing either twice is harmless. */
public interface Shedder {
  /** Lets the streaming engine drop the view's events, and flags it in lookups. */
  void shed(int viewNumber);

  /** Lets the view begin again as a new lane, whose history is handed over. */
  void recover(int viewNumber);

  /** The views that are shed now. */
  Set<Integer> sheddingViews();
}
