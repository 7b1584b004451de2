package io.freshet.platform.overload;

/** Whether a streaming job keeps up, from well to ill. */
public enum OverloadState {
  HEALTHY(0),
  /** It keeps its views' promises now and may soon not. */
  AT_RISK(1),
  /** It breaks a promise, or will so soon that nothing but less work helps. */
  OVERLOADED(2);

  private final int level;

  OverloadState(int level) {
    this.level = level;
  }

  /** As metrics tell it. */
  int level() {
    return level;
  }

  boolean isWorseThan(OverloadState other) {
    return level > other.level;
  }
}
