package io.freshet.platform.reconcile;

/** Why a streaming job that ended is not simply started again. */
public enum Condition {
  /** A transaction of a feature log was lost: an operator is to know before the job goes on. */
  DATA_LOSS_SUSPECTED,
  /** An operator knows. */
  DATA_LOSS_ACKNOWLEDGED,
  /** It had checkpoints and none of them can be used. */
  STATE_LOST
}
