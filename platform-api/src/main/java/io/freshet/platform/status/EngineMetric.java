package io.freshet.platform.status;

/** The gauges about engines, as Micrometer names them. */
enum EngineMetric {
  STALENESS("freshet.view.staleness", "seconds", "Now minus the time a view is complete through"),
  MAX_STALENESS("freshet.view.max.staleness", "seconds", "The staleness that a view promises"),
  COMPLETE_THROUGH(
      "freshet.view.complete.through.timestamp",
      "seconds",
      "Every event before this time counts in the view's rows"),
  JOB_UP("freshet.stream.job.up", "", "1 if all tasks of a streaming job run, else 0"),
  LAG("freshet.stream.lag", "events", "Events that a streaming job has not read yet"),
  RESTARTS("freshet.stream.restarts", "", "Recoveries and new attempts of a streaming job"),
  CHECKPOINTS_COMPLETED("freshet.stream.checkpoints.completed", "", "Of the newest attempt"),
  CHECKPOINTS_FAILED("freshet.stream.checkpoints.failed", "", "Of the newest attempt"),
  CHECKPOINT_DURATION("freshet.stream.checkpoint", "seconds", "How long the newest one took"),
  CHECKPOINT_AGE("freshet.stream.checkpoint.age", "seconds", "Since the newest one completed"),
  DATA_LOSS_SUSPECTED(
      "freshet.stream.data.loss.suspected",
      "",
      "1 if a streaming job waits for an operator to acknowledge lost data, else 0"),
  STATE_LOST(
      "freshet.stream.state.lost",
      "",
      "1 if none of a streaming job's checkpoints can be used and it waits, else 0"),
  DEAD_LETTERS("freshet.stream.dead.letters", "", "Unusable events since the last recovery"),
  LATE_EVENTS("freshet.stream.late.events", "", "Events too late to count since the recovery"),
  DUPLICATE_EVENTS(
      "freshet.stream.duplicate.events", "", "Copies of events dropped since the recovery"),
  UNREADABLE_DEFINITIONS(
      "freshet.stream.unreadable.definitions",
      "",
      "Definitions of views that the job left out since the recovery: they are not computed"),
  UNUSABLE_HISTORIES(
      "freshet.stream.unusable.histories",
      "",
      "Records of hand-overs left out since the recovery: their lanes never become live");

  private final String meter;
  private final String unit;
  private final String description;

  EngineMetric(String meter, String unit, String description) {
    this.meter = meter;
    this.unit = unit;
    this.description = description;
  }

  String meter() {
    return meter;
  }

  String unit() {
    return unit;
  }

  String description() {
    return description;
  }
}
