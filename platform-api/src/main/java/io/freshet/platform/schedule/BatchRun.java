package io.freshet.platform.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of the batch engine as it is stored: before its process is started, and after.
 *
 * @param tier a tier's name, or {@link #NEW_VIEWS_TIER}, {@link #HAND_OVER_TIER}, {@link
 *     #ALL_TIERS} or {@link #TRAINING_SET_TIER}
 * @param asOfMillis null until a run for new views or a rebuild starts, and for a hand-over or
 *     training set
 * @param attempt processes started so far
 * @param sequence of the versions that the newest attempt writes
 * @param notBefore when the next attempt may start
 * @param process the process of the newest attempt
 * @param plan null until it starts
 * @param problem why it failed, or the newest attempt did
 */
public record BatchRun(
    String id,
    SourceName source,
    String tier,
    Cause cause,
    State state,
    @Nullable Long asOfMillis,
    int attempt,
    int sequence,
    Instant notBefore,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable RunProcess process,
    @Nullable RunPlan plan,
    @Nullable RunResult result,
    @Nullable String problem) {
  /** In the place of a tier: the run serves views of every tier. */
  public static final String NEW_VIEWS_TIER = "new";

  /** In the place of a tier: the run serves lanes of the streaming engine. */
  public static final String HAND_OVER_TIER = "hand-over";

  /** In the place of a tier: the run serves all views, of whichever tier. */
  public static final String ALL_TIERS = "all";

  /** In the place of a tier and of a source, which no source is called: a training set. */
  public static final String TRAINING_SET_TIER = "training-set";

  /** Why there is a run. */
  public enum Cause {
    TICK,
    NEW_VIEWS,
    MANUAL,
    /** Rows of the online store are lost, or thought to be wrong: all of them are written again. */
    REBUILD,
    /** Lanes of the streaming engine need the history of their views. */
    HAND_OVER,
    /** A user wants a training set; it reads the archives of sources and changes nothing. */
    TRAINING_SET
  }

  /** How far a run is. */
  public enum State {
    /** Waits to be started, for the first time or again. */
    PENDING,
    RUNNING,
    SUCCEEDED,
    /** For good: no attempt follows. */
    FAILED,
    /** A newer tick has taken its place, or its views are gone. */
    SKIPPED
  }

  /** A source, which has one run at a time. */
  public record SourceName(String project, String source) {
    /** {@code project/source}. */
    @Override
    public String toString() {
      return project + "/" + source;
    }

    static SourceName parse(String text) {
      int slash = text.indexOf('/');
      return new SourceName(text.substring(0, slash), text.substring(slash + 1));
    }
  }

  /**
   * The operating system's process of an attempt.
   *
   * @param startedMillis when the process started, which tells it from a later one of the same id
   */
  public record RunProcess(String host, long pid, long startedMillis) {}
}
