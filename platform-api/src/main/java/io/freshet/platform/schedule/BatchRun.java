package io.freshet.platform.schedule;

import io.freshet.plan.RunProgress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of the batch engine as it is stored: before its process is started, and after.
 *
 * @param tier a tier's name, or {@link #NEW_VIEWS_TIER}, {@link #HAND_OVER_TIER}, {@link
 *     #ALL_TIERS}, {@link #TRAINING_SET_TIER}, {@link #BACKFILL_TIER} or {@link #CONSISTENCY_TIER}
 * @param asOfMillis null until a run for new views or a rebuild starts, and for a hand-over,
 *     training set, backfill or consistency check
 * @param attempt processes started so far
 * @param sequence of the versions that the newest attempt writes
 * @param notBefore when the next attempt may start
 * @param process the process of the newest attempt
 * @param plan null until it starts
 * @param problem why it failed, or the newest attempt did
 * @param watch what is known of it besides
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
    @Nullable String problem,
    Watch watch) {
  /**
   * How long a run that has started is without progress.
   *
   * @param progress the newest of its newest attempt; null if there is none
   */
  Duration sinceProgress(@Nullable RunProgress progress, Instant now) {
    Instant started = startedAt == null ? now : startedAt;
    Instant advanced = progress == null ? started : Instant.ofEpochMilli(progress.advancedMillis());
    Duration since = Duration.between(advanced.isBefore(started) ? started : advanced, now);
    return since.isNegative() ? Duration.ZERO : since;
  }

  /** In the place of a tier: the run serves views of every tier. */
  public static final String NEW_VIEWS_TIER = "new";

  /** In the place of a tier: the run serves lanes of the streaming engine. */
  public static final String HAND_OVER_TIER = "hand-over";

  /** In the place of a tier: the run serves all views, of whichever tier. */
  public static final String ALL_TIERS = "all";

  /** In the place of a tier and of a source, which no source is called: a training set. */
  public static final String TRAINING_SET_TIER = "training-set";

  /** In the place of a tier: the run computes past ticks. */
  public static final String BACKFILL_TIER = "backfill";

  /** In the place of a tier: the run checks views of whichever tier. */
  public static final String CONSISTENCY_TIER = "consistency";

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
    TRAINING_SET,
    /** A user wants rows of past ticks in a feature log; nothing is served. */
    BACKFILL,
    /** What the online store serves is compared with the source's events. */
    CONSISTENCY
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
    SKIPPED,
    /** Somebody wanted it to end, before it began or as it ran. */
    CANCELLED;

    /** Whether nothing follows. */
    public boolean isFinal() {
      return this != PENDING && this != RUNNING;
    }
  }

  /**
   * What a run's supervisor and its users have written.
   *
   * @param cancelWantedAt null if nobody wants it to be cancelled
   * @param progress of the newest attempt; null until its driver has told some
   */
  public record Watch(@Nullable Instant cancelWantedAt, @Nullable RunProgress progress) {}

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
   * The operating system's process of an attempt, its driver.
   *
   * @param host where it can be seen, as {@link HostIdentity}
   * @param startedMillis when the process started, which tells it from a later one of the same id
   */
  public record RunProcess(String host, long pid, long startedMillis) {}
}
