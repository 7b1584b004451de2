package io.freshet.platform.overload;

/** Whether a streaming job keeps up, from well to ill. */
public enum OverloadState {
  HEALTHY,
  /** It keeps its views' promises now and may soon not. */
  AT_RISK,
  /** It breaks a promise, or will so soon that nothing but less work helps. */
  OVERLOADED;

  boolean isWorseThan(OverloadState other) {
    return compareTo(other) > 0;
  }
}
