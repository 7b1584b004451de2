package io.freshet.platform.reconcile.flink;

import java.util.List;

/**
 * A job as the cluster sees it.
 *
 * @param startedAtMillis when it was submitted, milliseconds since the epoch
 */
public record FlinkJob(String id, State state, long startedAtMillis, List<Vertex> vertices) {
  /** The states of Flink's jobs. */
  public enum State {
    INITIALIZING,
    CREATED,
    RUNNING,
    FAILING,
    FAILED,
    CANCELLING,
    CANCELED,
    FINISHED,
    RESTARTING,
    SUSPENDED,
    RECONCILING;

    /** Whether the job ended and will not go on by itself. */
    public boolean isTerminal() {
      return this == FAILED || this == CANCELED || this == FINISHED;
    }
  }

  /**
   * An operator chain of the job.
   *
   * @param state {@code RUNNING} only when all of its tasks run
   */
  public record Vertex(String id, String name, int parallelism, String state) {}

  public FlinkJob {
    vertices = List.copyOf(vertices);
  }

  /** Whether it really runs: a job says RUNNING while its tasks still wait for slots. */
  public boolean allTasksRun() {
    return state == State.RUNNING
        && !vertices.isEmpty()
        && vertices.stream().allMatch(vertex -> vertex.state().equals("RUNNING"));
  }
}
