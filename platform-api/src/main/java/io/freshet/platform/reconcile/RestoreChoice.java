package io.freshet.platform.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What another attempt of a job goes on from: the newest checkpoint or savepoint without a fault;
 * of a job that lost a transaction the one before, for the newest would commit it again.
 *
 * @param from empty if none can be used
 * @param passedOver what is newer, and was not found unusable before
 * @param unusable all that cannot be used, if none can
 * @param hadState whether there was state, so that to start without any would lose it
 */
record RestoreChoice(
    Optional<RestorePoint> from,
    List<Unusable> passedOver,
    List<Unusable> unusable,
    boolean hadState) {
  /** A checkpoint or savepoint that cannot be used. */
  record Unusable(String uri, String reason) {}

  /**
   * @param newestFirst all that the job's attempts left
   */
  static RestoreChoice of(StreamingJob gone, Ending ending, List<RestorePoint> newestFirst) {
    List<Unusable> unusable = new ArrayList<>();
    Optional<RestorePoint> from = Optional.empty();
    boolean passesNewest = gone.condition() == Condition.DATA_LOSS_ACKNOWLEDGED;
    for (RestorePoint point : newestFirst) {
      Optional<String> fault = faultOf(point, gone, ending);
      if (fault.isEmpty() && passesNewest) {
        passesNewest = false;
        fault = Optional.of("it holds the transaction that was lost and would fail again");
      }
      if (fault.isEmpty()) {
        from = Optional.of(point);
        break;
      }
      unusable.add(new Unusable(point.uri(), fault.get()));
    }
    boolean hadState =
        !newestFirst.isEmpty() || gone.savepoint() != null || gone.past().checkpointed();
    if (unusable.isEmpty() && from.isEmpty() && hadState) {
      unusable.add(new Unusable("the folder of checkpoints", "nothing of the job is in it"));
    }
    List<Unusable> passedOver =
        unusable.stream().filter(point -> !gone.past().rejected().contains(point.uri())).toList();
    return new RestoreChoice(from, passedOver, unusable, hadState);
  }

  /** What need not be looked at again. */
  List<String> rejected() {
    return unusable.stream().map(Unusable::uri).toList();
  }

  private static Optional<String> faultOf(RestorePoint point, StreamingJob gone, Ending ending) {
    if (point.fault() != null) {
      return Optional.of(point.fault());
    }
    if (ending.cause() == Ending.Cause.NOT_RESTORED && point.uri().equals(gone.savepoint())) {
      return Optional.of("the job could not be restored from it");
    }
    return gone.past().rejected().contains(point.uri())
        ? Optional.of("the job could not be restored from it before")
        : Optional.empty();
  }
}
