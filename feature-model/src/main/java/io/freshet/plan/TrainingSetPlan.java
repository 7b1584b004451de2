package io.freshet.plan;

import io.freshet.serving.ServingDelay;
import io.freshet.serving.ServingRule;
import io.freshet.value.ValueType;
import java.util.List;
import java.util.Map;

/**
 * What the batch engine needs to make a training set: a table with the rows of the spine and, for
 * each, the features as of its label's time.
 *
 * @param runId names the run; a retry keeps it
 * @param sources the views whose features are wanted, or needed by an on-demand view
 * @param onDemand the on-demand views, each with the features that are wanted
 * @param features what is wanted, each {@code view.feature}, in the order of the columns
 * @param warehouse the root folder or URI of the Delta tables, where the sources' archives are
 * @param resultFile where the run writes its {@link TrainingSetResult} as JSON when it is done
 */
public record TrainingSetPlan(
    String runId,
    Spine spine,
    List<OfSource> sources,
    List<OnDemandPlan> onDemand,
    List<String> features,
    Mode mode,
    String warehouse,
    Output output,
    String resultFile) {
  /**
   * The rows that features are wanted for.
   *
   * @param path a folder, file or URI with join keys and request data by their names, the label's
   *     time, and anything else, which is passed through
   * @param labelTime a column of type timestamp: what happened then or later does not count
   * @param columns the types of further columns of a CSV file, by name; those of others are
   *     inferred
   */
  public record Spine(
      String path, Format format, String labelTime, Map<String, ValueType> columns) {
    public Spine {
      columns = Map.copyOf(columns);
    }
  }

  /**
   * Views of one source.
   *
   * @param delays of the tiers of the views; none is needed in an exact training set
   */
  public record OfSource(SourcePlan source, List<ViewPlan> views, Map<Tier, ServingDelay> delays) {
    public OfSource {
      views = List.copyOf(views);
      delays = Map.copyOf(delays);
    }

    /** What labels see of a view's events. */
    public ServingRule rule(Mode mode, ViewPlan view) {
      if (mode == Mode.EXACT) {
        return new ServingRule.Exact();
      }
      Tier tier = view.tier();
      ServingDelay delay = delays.get(tier);
      if (delay == null) {
        throw new IllegalArgumentException(
            "Cannot say what was served of view %s: the plan has no delay of the %s tier"
                .formatted(view.view().name(), tier.wireName()));
      }
      return tier.engine() == Engine.STREAMING
          ? new ServingRule.Stream(delay.onlineMillis(), source.maxDisorderMillis())
          : new ServingRule.Ticks(tier.period().toMillis(), delay);
    }
  }

  /**
   * Where the training set is written.
   *
   * @param path a folder or URI; nothing may be there
   * @param format not CSV, which has no lists
   */
  public record Output(String path, Format format) {
    public Output {
      if (format == Format.CSV) {
        throw new IllegalArgumentException(
            "Cannot write a training set as CSV: choose DELTA or PARQUET");
      }
    }
  }

  /** How a table is kept. */
  public enum Format {
    DELTA,
    PARQUET,
    /** With a header line; times are ISO 8601, in UTC where they do not say. */
    CSV
  }

  /** What a label sees. */
  public enum Mode {
    /** Everything that happened before it. */
    EXACT,
    /** What a lookup at its time would have found. */
    AS_SERVED
  }

  public TrainingSetPlan {
    sources = List.copyOf(sources);
    onDemand = List.copyOf(onDemand);
    features = List.copyOf(features);
  }

  /** The same for an attempt of a run. */
  public TrainingSetPlan with(String run, String file) {
    return new TrainingSetPlan(
        run, spine, sources, onDemand, features, mode, warehouse, output, file);
  }
}
